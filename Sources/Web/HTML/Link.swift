/// An address within the server, percent-encoded, with the path below which a proxy serves all of it.
package struct Link: Sendable, Hashable {
    package private(set) var text: String

    fileprivate init(text: String) { self.text = text }

    /// The address with another parameter in its query.
    package func with(_ name: String, _ value: String) -> Link {
        with(name, encoded: value.percentEncoded)
    }

    /// The address with another parameter in its query, if there is a value.
    package func with(_ name: String, _ value: String?) -> Link { value.map { with(name, $0) } ?? self }

    /// The address with another parameter, whose value is percent-encoded already.
    func with(_ name: String, encoded value: String) -> Link {
        Link(text: "\(text)\(text.contains("?") ? "&" : "?")\(name.percentEncoded)=\(value)")
    }

    /// The address of an element on the page, for a link that is given no fragment yet.
    package func element(_ id: String) -> Link { Link(text: "\(text)#\(id.percentEncoded)") }
}

/// The addresses within one server; `Links+Pages` names those of its pages.
package struct Links: Sendable, Hashable {
    /// The path below which everything is, such as `/stats`; empty for none.
    package let base: String

    /// - Parameter base: The path below which everything is, without a slash at its end.
    package init(base: String = "") { self.base = base }

    /// The addresses as browsers see them.
    package init(_ address: ServerAddress) { base = address.path }

    /// An address from segments, in which a slash is encoded.
    package func path(_ segments: String...) -> Link {
        Link(text: base + segments.map { "/" + $0.percentEncoded }.joined())
    }

    /// The address that was asked for before a login, if it is a path of this server; nil for any other text.
    ///
    /// A browser reads `//host` and `/\host` as another host, and leaves out tabs and newlines first.
    ///
    /// - Parameter text: A path with its query, without the base path.
    /// - Returns: The address.
    package func own(_ text: String) -> Link? {
        let isVisible = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
        guard isVisible, text.hasPrefix("/"), !text.hasPrefix("//") else { return nil }
        return Link(text: base + text)
    }
}

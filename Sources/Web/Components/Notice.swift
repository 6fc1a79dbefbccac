/// A message about what happened, or what is to be known before one goes on.
package struct Notice: Component {
    /// The weight of a message; the raw value is a class.
    package enum Kind: String, Sendable, CaseIterable { case info, success, warning, error }

    let kind: Kind
    let title: String
    let text: HTML?

    /// - Parameters:
    ///   - kind: The weight.
    ///   - title: The message.
    ///   - text: What is to be said besides.
    package init(_ kind: Kind, _ title: String, text: HTML? = nil) {
        self.kind = kind
        self.title = title
        self.text = text
    }

    package var html: HTML {
        """
        <div class="notice \(kind.rawValue)" role="\(kind == .error ? "alert" : "status")">\(icon)<div>\
        \(text.map { "<strong>\(title)</strong><p>\($0)</p>" as HTML } ?? "<p>\(title)</p>")</div></div>
        """
    }

    private var icon: Icon {
        switch kind {
        case .info: .info
        case .success: .success
        case .warning: .warning
        case .error: .error
        }
    }
}

extension Notice {
    /// The notice of the parts of an address that do not count; none without any.
    static func faults(_ faults: [String]) -> [Notice] {
        guard !faults.isEmpty else { return [] }
        let items: [HTML] = faults.map { "<span class=\"line\">\($0)</span>" }
        return [Notice(.warning, "Parts of the address do not count", text: items.reduce("", +))]
    }
}

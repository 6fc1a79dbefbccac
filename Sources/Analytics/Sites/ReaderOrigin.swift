/// An origin whose pages may read answers about a site, as a browser sends it: `https://example.com`, or with a port that
/// is not the one of the scheme; or `*` for any.
package struct ReaderOrigin: Hashable, Sendable {
    package static let any = ReaderOrigin(known: "*")

    package let text: String

    /// Checks an origin; nil if no browser sends it.
    package init?(_ text: String) {
        let parts = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        guard text == Self.any.text || parts.count == 2 && Self.isAuthority(parts[1], of: parts[0]) else { return nil }
        self.text = text
    }

    private init(known text: String) { self.text = text }

    private static func isAuthority(_ authority: Substring, of scheme: Substring) -> Bool {
        guard let standard = ["http": 80, "https": 443][scheme] else { return false }
        var host = authority
        if let colon = authority.lastIndex(of: ":"), !authority.hasSuffix("]") {
            let port = authority[authority.index(after: colon)...]
            guard port.utf8.allSatisfy({ (0x30...0x39).contains($0) }), port.first != "0", let number = Int(port),
                1...65_535 ~= number, number != standard
            else { return false }
            host = authority[..<colon]
        }
        return Hostname.isHost(host)
    }
}

extension ReaderOrigin: TextCodable {
    package static let kind = "an origin"
}

extension SiteSettings {
    /// The origin that an answer about the site is opened to, for a page that asks; nil for none.
    package func reader(_ origin: String) -> ReaderOrigin? {
        if isPublic, origins.contains(.any) { return .any }
        return ReaderOrigin(origin).flatMap { $0 != .any && origins.contains($0) ? $0 : nil }
    }
}

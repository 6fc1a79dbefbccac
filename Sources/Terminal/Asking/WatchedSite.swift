/// A site whose live figures are shown, and the key or link that shows them.
struct WatchedSite: Equatable, Sendable {
    /// The name; nil for that of the key.
    let name: String?
    /// A read key; nil for a public site or a link.
    let key: String?
    /// The text of a share link.
    let share: String?

    /// - Parameters:
    ///   - name: The name; nil for that of the key.
    ///   - secret: A key, or the text of a share link, which begins with `hgl_`.
    /// - Throws: `TopFailure.invalid` for a text that cannot be one.
    init(name: String?, secret: String?) throws(TopFailure) {
        guard name?.utf8.allSatisfy(Self.isPlain) != false else {
            throw .invalid(option: "site", reason: "is not the name of a site")
        }
        guard secret?.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) != false else {
            throw .invalid(option: "key", reason: "has other characters than a key")
        }
        let isShare = secret?.hasPrefix("hgl_") == true
        guard !isShare || secret?.utf8.allSatisfy(Self.isPlain) != false else {
            throw .invalid(option: "key", reason: "has other characters than a share link")
        }
        self.name = name
        key = isShare ? nil : secret
        share = isShare ? secret : nil
    }

    /// The name as the screen shows it.
    var title: String { name ?? "the site of the key" }

    /// The parameters of a URL that name the site, each with `&` before it.
    var parameters: String {
        (name.map { "&site_id=\($0)" } ?? "") + (share.map { "&share=\($0)" } ?? "")
    }

    /// The target of the live figures.
    var live: String {
        let parameters = parameters.dropFirst()
        return "/api/v1/realtime" + (parameters.isEmpty ? "" : "?\(parameters)")
    }

    /// True for the characters that need no encoding in the query of a URL.
    private static func isPlain(_ byte: UInt8) -> Bool {
        let character = Character(Unicode.Scalar(byte))
        return character.isASCII && (character.isLetter || character.isNumber || "-._/".contains(character))
    }
}

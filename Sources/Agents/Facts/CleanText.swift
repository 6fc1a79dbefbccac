/// A text out of a request that is fit to be stored and shown.
enum CleanText {
    /// The most bytes of a text.
    static let limit = 100

    /// The text without blanks around it, cut between characters; nil if nothing is left, or with a control character.
    static func of(_ text: some StringProtocol) -> String? {
        let end = text.unicodeScalars.reversed().drop(while: \.properties.isWhitespace)
        let trimmed = end.reversed().drop(while: \.properties.isWhitespace)
        guard !trimmed.isEmpty, trimmed.allSatisfy({ $0.properties.generalCategory != .control }) else { return nil }
        var whole = String.UnicodeScalarView()
        whole.append(contentsOf: trimmed)
        return String(whole).cut(toBytes: limit)
    }
}

extension String {
    /// The text up to a number of bytes of UTF-8, cut between Unicode scalars.
    func cut(toBytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = utf8.index(startIndex, offsetBy: limit)
        while end > startIndex, utf8[end] & 0xC0 == 0x80 { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}

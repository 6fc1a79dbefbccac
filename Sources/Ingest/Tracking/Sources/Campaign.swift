/// The campaign that the query of an address names, and the click ids in it.
package struct Campaign: Sendable, Hashable {
    /// The most bytes of a text.
    package static let maximumBytes = 255

    /// The text of `utm_source`, `mtm_source` or `pk_source`.
    package private(set) var source: String?
    /// The text of `utm_medium`, or the same with another prefix, as for the three that follow.
    package private(set) var medium: String?
    package private(set) var name: String?
    package private(set) var content: String?
    package private(set) var term: String?
    /// The source that the parameter `source` names.
    package private(set) var plainSource: String?
    /// The source that the parameter `ref` names.
    package private(set) var reference: String?
    package private(set) var clicks: ClickIDs = []

    /// Reads a query without its `?`.
    ///
    /// The first parameter of a text counts, and an empty one is a missing one. Texts are decoded, `+` as a blank;
    /// blanks around them are dropped, and what is beyond `maximumBytes` is cut off.
    package init(query: String) {
        // Most addresses have none.
        guard !query.isEmpty else { return }
        var rest = query.utf8[...]
        while !rest.isEmpty {
            let parameter = rest.prefix { $0 != UInt8(ascii: "&") }
            note(Substring(parameter))
            rest = rest[parameter.endIndex...].dropFirst()
        }
    }

    /// True if there is a text besides those of `source` and `ref`.
    var hasTexts: Bool { source != nil || medium != nil || name != nil || content != nil || term != nil }

    private mutating func note(_ parameter: Substring) {
        let name = parameter.utf8.prefix { $0 != UInt8(ascii: "=") }
        let value = Substring(parameter.utf8[name.endIndex...].dropFirst())
        guard !value.isEmpty, let known = CampaignParameter(Substring(name)) else { return }
        switch known {
        case .click(let id): clicks.insert(id)
        case .text(.source): Self.note(value, &source)
        case .text(.medium): Self.note(value, &medium)
        case .text(.name): Self.note(value, &self.name)
        case .text(.content): Self.note(value, &content)
        case .text(.term): Self.note(value, &term)
        case .text(.plainSource): Self.note(value, &plainSource)
        case .text(.reference): Self.note(value, &reference)
        }
    }

    private static func note(_ written: Substring, _ text: inout String?) {
        guard text == nil else { return }
        let value = unescaping(String(written), isQuery: true).withoutBlanks.cut(toBytes: maximumBytes)
        if !value.isEmpty { text = value }
    }
}

extension String {
    /// The text without the spaces at both ends.
    fileprivate var withoutBlanks: String {
        var text = Substring(self).utf8
        while text.first == UInt8(ascii: " ") { text.removeFirst() }
        while text.last == UInt8(ascii: " ") { text.removeLast() }
        return String(Substring(text))
    }
}

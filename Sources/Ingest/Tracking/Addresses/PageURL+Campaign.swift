import Analytics

extension PageURL {
    /// The most bytes of a value.
    static let bytesOfCampaign = 200

    /// Notes the campaign that the query names (`utm_source` and the like); the first of a repeated name counts.
    func noteCampaign(in origin: inout Origin) {
        // Most addresses have no query.
        guard !rawQuery.isEmpty else { return }
        for parameter in rawQuery.utf8.split(separator: UInt8(ascii: "&")) {
            let name = parameter.prefix { $0 != UInt8(ascii: "=") }
            guard let field = Self.field(String(Substring(name))), origin[keyPath: field] == nil else { continue }
            let value = unescaping(String(Substring(parameter.dropFirst(name.count + 1))), isQuery: true)
            let trimmed = value.withoutSpaces.cut(toBytes: Self.bytesOfCampaign)
            if !trimmed.isEmpty { origin[keyPath: field] = trimmed }
        }
    }

    private static func field(_ name: String) -> WritableKeyPath<Origin, String?>? {
        switch name {
        case "utm_source": \.utmSource
        case "utm_medium": \.utmMedium
        case "utm_campaign": \.utmCampaign
        case "utm_content": \.utmContent
        case "utm_term": \.utmTerm
        default: nil
        }
    }
}

extension String {
    /// The text without the spaces at both ends.
    fileprivate var withoutSpaces: String {
        var text = Substring(self).utf8
        while text.first == UInt8(ascii: " ") { text.removeFirst() }
        while text.last == UInt8(ascii: " ") { text.removeLast() }
        return String(Substring(text))
    }
}

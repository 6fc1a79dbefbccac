import FoundationEssentials

extension Lexicon {
    /// The values of properties in each object of properties, as text: a number as it is written, a truth as `true` or
    /// `false`, anything nested as JSON; nil where it is missing, null or empty.
    func values(ofProperties names: Set<String>) -> [String: [String?]] {
        guard !names.isEmpty else { return [:] }
        let decoder = JSONDecoder()
        var values = Dictionary(uniqueKeysWithValues: names.map { ($0, [String?]()) })
        for text in props {
            let object = text.flatMap { try? decoder.decode([String: PropertyText].self, from: Data($0.utf8)) }
            for name in names { values[name]?.append(object?[name]?.text) }
        }
        return values
    }
}

/// A value of a property as text.
private struct PropertyText: Decodable {
    let text: String?

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let written = try? value.decode(String.self) {
            text = written.isEmpty ? nil : written
        } else if let truth = try? value.decode(Bool.self) {
            text = truth ? "true" : "false"
        } else {
            text = try? value.decode(Decimal.self).description
        }
    }
}

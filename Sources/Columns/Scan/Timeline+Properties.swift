import FoundationEssentials

extension Timeline {
    /// The values of properties in each part, as text: a number as it is written, a truth as `true` or `false`, anything
    /// nested as JSON; nil where it is missing, null or empty.
    func values(ofProperties names: Set<String>) -> [String: [[String?]]] {
        guard !names.isEmpty else { return [:] }
        let decoder = JSONDecoder()
        var values = Dictionary(uniqueKeysWithValues: names.map { ($0, scanned.map { _ in [String?]() }) })
        for (place, part) in scanned.enumerated() {
            for text in part.hits.propTexts {
                let object = try? decoder.decode([String: PropertyText].self, from: Data(text.utf8))
                for name in names { values[name]?[place].append(object?[name]?.text) }
            }
        }
        return values
    }

    /// The names of the properties in texts, without those that are missing, null or empty.
    static func names(ofProperties texts: [String]) -> [[String]] {
        let decoder = JSONDecoder()
        return texts.map { text in
            let object = try? decoder.decode([String: PropertyText].self, from: Data(text.utf8))
            return (object ?? [:]).filter { $0.value.text != nil }.map(\.key)
        }
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

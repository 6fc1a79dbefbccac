import FoundationEssentials

extension Lexicon {
    /// The value of a property in each object of properties, as text: a number as it is written, a truth as `true` or
    /// `false`, anything nested as JSON; nil where it is missing, null or empty.
    func values(ofProperty name: String) -> [String?] {
        let decoder = JSONDecoder()
        return props.map { text in
            guard let text, let object = try? decoder.decode([String: PropertyText].self, from: Data(text.utf8)) else {
                return nil
            }
            return object[name]?.text
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

import Analytics

/// The values by which hits, or visits, are grouped in one dimension.
enum KeySource: Sendable {
    case attribute(AttributeValues)
    case time(TimeTable, texts: [String?])
    /// The goals that a hit reaches, by their places after that of no goal.
    case goals(texts: [String?])

    /// Takes buckets, of which those with the same label are one value.
    init(_ buckets: Buckets, until end: Timestamp) {
        var (texts, known): ([String?], [String: UInt32]) = ([nil], [:])
        let places = buckets.labels.map { label in
            if let place = known[label] { return place }
            let place = UInt32(texts.count)
            texts.append(label)
            known[label] = place
            return place
        }
        self = .time(TimeTable(buckets, values: places, until: end), texts: texts)
    }

    /// The distinct values; the first is no value.
    var texts: [String?] {
        switch self {
        case .attribute(let values): values.texts
        case .time(_, let texts), .goals(let texts): texts
        }
    }

    var isTime: Bool { if case .time = self { true } else { false } }

    /// The same dimension as visits have it: a page is their entry page.
    var ofVisits: KeySource {
        guard case .attribute(let values) = self, values.scope == .hit else { return self }
        return .attribute(values.of(.entry))
    }
}

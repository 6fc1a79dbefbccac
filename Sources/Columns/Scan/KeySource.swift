import Analytics

/// The values by which hits, or visits, are grouped in one dimension.
enum KeySource: Sendable {
    case attribute(AttributeValues)
    /// For each bucket the place of its label in the texts.
    case time(Buckets, places: [UInt32], texts: [String?])
    /// The goals that a hit reaches, by their places after that of no goal.
    case goals(texts: [String?])

    init(_ buckets: Buckets) {
        var (texts, known): ([String?], [String: UInt32]) = ([nil], [:])
        let places = buckets.labels.map { label in
            if let place = known[label] { return place }
            let place = UInt32(texts.count)
            texts.append(label)
            known[label] = place
            return place
        }
        self = .time(buckets, places: places, texts: texts)
    }

    /// The distinct values; the first is no value.
    var texts: [String?] {
        switch self {
        case .attribute(let values): values.texts
        case .time(_, _, let texts), .goals(let texts): texts
        }
    }

    var isTime: Bool { if case .time = self { true } else { false } }

    /// The same dimension as visits have it: a page is their entry page.
    var ofVisits: KeySource {
        guard case .attribute(let values) = self, values.scope == .hit else { return self }
        return .attribute(values.of(.entry))
    }
}

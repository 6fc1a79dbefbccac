import Analytics

/// A query as it was asked, by which equal ones are found: `String` takes texts of the same characters for equal, and
/// here their bytes are compared too.
struct AskedQuery: Hashable, Sendable {
    let query: Query
    private let texts: [[UInt8]]

    init(_ query: Query) {
        self.query = query
        var texts = [query.zone] + query.pageRules
        for dimension in query.dimensions { texts.append(dimension.name) }
        for goal in query.goals { texts += goal.texts }
        self.texts = texts.map { Array($0.utf8) } + query.filterTexts
    }

    /// The memory that it takes, in bytes, as far as its texts decide.
    var bytes: Int { texts.reduce(512) { $0 + 2 * $1.count + 64 } }

    /// True if the answer depends on nothing but the parts: names of users may change without them.
    var dependsOnPartsAlone: Bool {
        let filtered = query.filters.flatMap(\.tests).map(\.dimension)
        return !query.includesBots && !query.dimensions.contains(.visit(.user)) && !filtered.contains(.visit(.user))
    }
}

extension Goal {
    fileprivate var texts: [String] {
        let kind =
            switch kind {
            case .event(let text), .page(let text), .scroll(let text, depth: _): text
            }
        let properties = properties.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
        return [kind, name, currency ?? ""] + properties
    }
}

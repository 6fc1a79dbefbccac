import Analytics

/// A filter, as a scan applies it: each test is a table by the codes of a column.
indirect enum Condition: Sendable {
    case table(HitColumn, AttributeValues.Scope, passes: [Bool])
    case all([Condition])
    case any([Condition])
    case not(Condition)
    case done(Condition)

    /// - Parameters:
    ///   - filter: The filter.
    ///   - part: The part that is scanned.
    ///   - masks: The masks of the tests that need the database.
    init(_ filter: Filter, _ part: Part, _ masks: [Filter.Test: Mask]) {
        self =
            switch filter {
            case .test(let test): Condition(test, part, masks)
            case .all(let filters): .all(filters.map { Condition($0, part, masks) })
            case .any(let filters): .any(filters.map { Condition($0, part, masks) })
            case .not(let filter): .not(Condition(filter, part, masks))
            case .done(let filter): .done(Condition(filter, part, masks))
            }
    }

    /// A test; one of the time lets everything pass.
    private init(_ test: Filter.Test, _ part: Part, _ masks: [Filter.Test: Mask]) {
        guard let values = part.values(of: test.dimension) else {
            self = .all([])
            return
        }
        let mask = masks[test] ?? Mask(test, over: values.texts)
        self = .table(values.column, values.scope, passes: values.values.map { mask.passes[Int($0)] })
    }

    /// The test of a page as one of the entry pages of visits; nil for other conditions.
    var ofEntry: Condition? {
        guard case .table(let column, .hit, let passes) = self, column == .path else { return nil }
        return .table(column, .entry, passes: passes)
    }

    /// Applies the condition to a hit.
    ///
    /// - Parameters:
    ///   - place: The hit.
    ///   - part: Its part.
    ///   - period: The time within which a visit has to have done something.
    /// - Returns: True if the hit passes.
    func passes(_ place: HitPlace, _ part: Part, _ period: Period) -> Bool {
        switch self {
        case .table(let column, let scope, let passes): passes[part.code(column, scope, place)]
        case .all(let conditions): conditions.allSatisfy { $0.passes(place, part, period) }
        case .any(let conditions): conditions.contains { $0.passes(place, part, period) }
        case .not(let condition): !condition.passes(place, part, period)
        case .done(let condition):
            place.visit.map { visit in
                part.visits.hits[visit].contains { hit in
                    period.contains(Timestamp(milliseconds: part.hits.times[hit]))
                        && condition.passes(HitPlace(hit: hit, visit: visit), part, period)
                }
            } ?? false
        }
    }
}

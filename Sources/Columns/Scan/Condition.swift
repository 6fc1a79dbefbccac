import Analytics

/// A filter, as a scan applies it: each test is a table by the codes of a column.
indirect enum Condition: Sendable {
    case table(HitColumn, AttributeValues.Scope, passes: [Bool])
    case all([Condition])
    case any([Condition])
    case not(Condition)
    case done(Condition)
    /// The hit reaches one of the goals.
    case goals([GoalTable])

    /// - Parameters:
    ///   - filter: The filter.
    ///   - tables: The values of its dimensions, and the goals.
    ///   - masks: The masks of the tests that need the database.
    init(_ filter: Filter, _ tables: QueryTables, _ masks: [Filter.Test: Mask]) {
        self =
            switch filter {
            case .test(let test): Condition(test, tables, masks)
            case .all(let filters): .all(filters.map { Condition($0, tables, masks) })
            case .any(let filters): .any(filters.map { Condition($0, tables, masks) })
            case .not(let filter): .not(Condition(filter, tables, masks))
            case .done(let filter): .done(Condition(filter, tables, masks))
            }
    }

    /// A test; one of the time lets everything pass.
    private init(_ test: Filter.Test, _ tables: QueryTables, _ masks: [Filter.Test: Mask]) {
        if test.dimension == .goal {
            self = .goals(tables.goals.filter { $0.goal.passes(test) })
            return
        }
        guard let values = tables.attributes[test.dimension] else {
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
        case .goals(let goals): goals.contains { $0.isReached(by: place.hit, part.hits) }
        }
    }
}

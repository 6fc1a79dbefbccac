import Analytics

/// A filter, as a scan applies it: each test is a table by the entries of the dictionaries of a column.
indirect enum Condition: Sendable {
    case table(AttributeValues.Source, AttributeValues.Scope, passes: [[Bool]])
    case all([Condition])
    case any([Condition])
    case not(Condition)
    case done(Condition)
    /// The hit reaches one of the goals.
    case goals([GoalTable])

    /// - Parameters:
    ///   - filter: The filter.
    ///   - tables: The values of its dimensions.
    ///   - goals: The goals that its query asks for.
    ///   - masks: The masks of the tests that need the database.
    init(_ filter: Filter, _ tables: QueryTables, _ goals: [GoalTable], _ masks: [Filter.Test: Mask]) {
        self =
            switch filter {
            case .test(let test): Condition(test, tables, goals, masks)
            case .all(let filters): .all(filters.map { Condition($0, tables, goals, masks) })
            case .any(let filters): .any(filters.map { Condition($0, tables, goals, masks) })
            case .not(let filter): .not(Condition(filter, tables, goals, masks))
            case .done(let filter): .done(Condition(filter, tables, goals, masks))
            }
    }

    /// A test; one of the time lets everything pass.
    private init(_ test: Filter.Test, _ tables: QueryTables, _ goals: [GoalTable], _ masks: [Filter.Test: Mask]) {
        if test.dimension == .goal {
            self = .goals(goals.filter { $0.goal.passes(test) })
            return
        }
        guard let values = tables.attributes[test.dimension] else {
            self = .all([])
            return
        }
        let mask = masks[test] ?? Mask(test, over: values.texts)
        self = .table(values.source, values.scope, passes: values.tables.map { $0.map { mask.passes[Int($0)] } })
    }

    /// True if it asks for nothing but what a visit has of its first hit.
    var isOfVisits: Bool {
        switch self {
        case .table(_, let scope, _): scope == .visit
        case .all(let conditions), .any(let conditions): conditions.allSatisfy(\.isOfVisits)
        case .not(let condition): condition.isOfVisits
        case .done, .goals: false
        }
    }

    /// The test of a page as one of the entry pages of visits; nil for other conditions.
    var ofEntry: Condition? {
        guard case .table(.column(.path), .hit, let passes) = self else { return nil }
        return .table(.column(.path), .entry, passes: passes)
    }

    /// Applies the condition to a hit.
    ///
    /// - Parameters:
    ///   - place: The hit.
    ///   - visit: Its visit; nil for a hit that belongs to none.
    ///   - timeline: The parts.
    ///   - period: The time within which a visit has to have done something.
    /// - Returns: True if the hit passes.
    func passes(_ place: HitPlace, _ visit: ScannedVisit?, _ timeline: Timeline, _ period: Period) -> Bool {
        switch self {
        case .table(let source, let scope, let passes):
            // The first entry of a dictionary is no value.
            guard let (part, row) = row(of: scope, place, visit, timeline.parts) else { return passes[place.part][0] }
            return passes[part][AttributeValues.entry(source, row, timeline.parts[part])]
        case .all(let conditions): return conditions.allSatisfy { $0.passes(place, visit, timeline, period) }
        case .any(let conditions): return conditions.contains { $0.passes(place, visit, timeline, period) }
        case .not(let condition): return !condition.passes(place, visit, timeline, period)
        case .done(let condition): return visit.map { condition.isDone(in: $0, timeline, period) } ?? false
        case .goals(let goals): return goals.contains { $0.isReached(by: place, timeline.parts) }
        }
    }

    /// True if a hit of a visit within a period passes.
    private func isDone(in visit: ScannedVisit, _ timeline: Timeline, _ period: Period) -> Bool {
        ([visit.visit.head] + visit.visit.others).contains { run in
            timeline.hits(of: run).contains { hit in
                let place = HitPlace(part: run.part, hit: hit)
                return period.contains(Timestamp(milliseconds: timeline.time(of: place)))
                    && passes(place, visit, timeline, period)
            }
        }
    }
}

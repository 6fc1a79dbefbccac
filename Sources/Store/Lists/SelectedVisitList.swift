import Analytics

/// The list of the visits of a site that have certain hits, in either order, as the pages of visits find them.
struct SelectedVisitList {
    let store: PostgresStore
    let query: ListQuery
    /// The hits of which a visit has to have one.
    let selection: Query

    func read(_ take: ([ListedRow]) async throws -> Void) async throws {
        var (after, rest) = (query.after, query.limit ?? .max)
        while rest > 0 {
            let asked = VisitQuery(selection, range(behind: after), limit: min(rest, VisitQuery.greatestLimit))
            let found = try await store.visits(asked)
            let visits = query.isDescending ? found.visits : found.visits.reversed()
            guard !visits.isEmpty else { return }
            let rows = visits.map { ListedRow($0) }
            try await take(rows)
            guard found.hasMore else { return }
            (after, rest) = (rows.last?.cursor, rest - rows.count)
        }
    }

    private func range(behind place: ListCursor?) -> VisitQuery.Range {
        if query.isDescending { return place.map { .before(VisitKey($0)) } ?? .newest }
        // No visit is between this place and the start of the period.
        let start = selection.period.start.advanced(by: .milliseconds(-1))
        return .after(place.map { VisitKey($0) } ?? VisitKey(start: start, visitor: Visitor(rawValue: .max)))
    }
}

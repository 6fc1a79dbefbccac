import Analytics

extension ListedRow {
    /// A visit with the values of the columns of `ListQuery.Kind.visits`.
    init(_ visit: VisitSummary) {
        let own: [ListedRow.Value?] = [
            .text(visit.start.textInMilliseconds), .number(visit.duration), .text(visit.visitor.hexadecimal),
            visit.entry?.host.map { .text($0) }, visit.entry?.path.map { .text($0) },
            visit.exit?.host.map { .text($0) }, visit.exit?.path.map { .text($0) },
            .number(visit.pageviews), .number(visit.events), .flag(visit.isBounce),
        ]
        self.init(
            values: own + ListedRow.values(visit.origin, visit.place, visit.agent),
            cursor: ListCursor(time: visit.start, digest: visit.visitor.rawValue, count: 1)
        )
    }
}

extension VisitKey {
    /// The visit before a place of a list.
    init(_ cursor: ListCursor) { self.init(start: cursor.time, visitor: Visitor(rawValue: cursor.digest)) }
}

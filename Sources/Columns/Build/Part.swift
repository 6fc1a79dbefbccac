import Analytics

/// The hits and visits of a site over some time, as columns.
///
/// Hits are ordered by visitor and time, so that those of a visit and those of a visitor stand together; hits that
/// belong to no visit follow after all others.
package struct Part: Sendable {
    package let lexicon: Lexicon
    let hits: HitColumns
    let visits: VisitColumns

    init(lexicon: Lexicon, hits: HitColumns, visits: VisitColumns) {
        self.lexicon = lexicon
        self.hits = hits
        self.visits = visits
    }

    /// The hits that belong to no visit.
    var loose: Range<Int> { (visits.hits.last?.upperBound ?? 0)..<hits.count }
}

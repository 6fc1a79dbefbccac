/// A visit with its hits in their order.
package struct VisitCourse: Hashable, Sendable {
    /// A hit of the visit.
    package struct Step: Hashable, Sendable {
        package let time: Timestamp
        package let name: String
        package var page = VisitSummary.Page(host: nil, path: nil)
        package var title: String?
        package var value: Amount?
        /// The currency of the value (ISO 4217).
        package var currency: String?
        /// The greatest depth of scrolling so far, in per cent.
        package var scroll: Int?
        /// The visible time, in milliseconds.
        package var engaged: Int?
        /// The properties, as a JSON object.
        package var props: String?
        /// The time to the next hit, in milliseconds; nil for the last one.
        package var wait: Int?

        package init(_ name: String, at time: Timestamp) { (self.name, self.time) = (name, time) }

        package var kind: HitKind { HitKind(name: name) }
    }

    package let summary: VisitSummary
    /// Hits that follow each other, at most `mostSteps`.
    package let steps: [Step]
    /// The number of hits before them.
    package let offset: Int
    /// The number of all hits.
    package let total: Int

    /// The most hits that are told together.
    package static let mostSteps = 100

    /// - Parameters:
    ///   - summary: The visit.
    ///   - steps: Hits that follow each other.
    ///   - offset: The number of hits before them.
    ///   - total: The number of all hits.
    package init(_ summary: VisitSummary, steps: [Step], after offset: Int = 0, of total: Int) {
        (self.summary, self.steps, self.offset, self.total) = (summary, steps, offset, total)
    }
}

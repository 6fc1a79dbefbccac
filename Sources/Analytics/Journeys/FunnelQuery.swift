/// A question about the visitors who take steps one after another.
///
/// An attempt is one hit for each of the first steps, in this order: each is of a later moment than the one before, or
/// after it in the order of hits of a moment; of hits that are equal in this order one counts. There may be other hits
/// in between. The attempt of a visitor that counts is one of those with the most steps: of these the one that ends
/// first, and of those that end there the one whose steps come last, the step before the end first. So it does not
/// depend on the order in which hits arrived.
package struct FunnelQuery: Hashable, Sendable {
    /// The time within which an attempt takes its steps.
    package enum Window: Hashable, Sendable {
        /// A visit.
        case visit
        /// Days of 24 hours, from the first step on.
        case days(Int)
    }

    /// The hits that count: those of the period that pass the filters.
    package var selection: Query
    /// The steps in their order; none of their ids counts.
    package var steps: [Goal]
    package var window: Window

    package init(_ selection: Query, steps: [Goal], within window: Window) {
        (self.selection, self.steps, self.window) = (selection, steps, window)
    }

    /// The limits of a question.
    package static let limits = (steps: 2...8, days: 1...90)
}

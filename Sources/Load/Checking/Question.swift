/// The counts of one site at one instant, which are checked.
struct Question: Hashable, Sendable {
    /// The index of the site in the plan.
    let site: Int
    /// The index of the instant in the plan.
    let instant: Int
}

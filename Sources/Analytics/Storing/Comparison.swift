/// The comparison of the rows of a batch with the users that their sites have forgotten.
package struct Comparison: Sendable {
    /// The number of the last forgetting that they were compared with; 0 for none.
    package var last = 0
    /// The places of the rows that the jobs under way have to leave: they were accepted after the forgetting and lie
    /// before it.
    package var kept: Set<Int> = []

    package init() {}
}

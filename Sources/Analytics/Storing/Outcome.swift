/// The fate of an entry of a batch that was committed.
package enum Outcome: Sendable, Equatable {
    /// Its events have been committed.
    case stored
    /// Its key had been used before by the same request: nothing was stored. The body is the one of the first response.
    case repeated(firstResponse: String)
    /// Its key had been used before by another request: nothing was stored.
    case conflicting
}

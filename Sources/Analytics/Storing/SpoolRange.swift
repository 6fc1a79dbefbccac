package import FoundationEssentials

/// A part of a spool that is delivered by one batch, from a position up to another.
package struct SpoolRange: Sendable, Equatable {
    /// The id of the spool.
    package let spool: UUID
    package let from: SpoolPosition
    package let to: SpoolPosition

    package init(spool: UUID, from: SpoolPosition, to: SpoolPosition) {
        self.spool = spool
        self.from = from
        self.to = to
    }
}

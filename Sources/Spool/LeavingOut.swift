import Analytics

/// The state of the events that were last written to the file of refused ones.
enum LeavingOut: Sendable {
    /// The process has just begun: the file may hold some that have not been left out of the spool.
    case unknown
    /// They have been written, and the position of the spool has perhaps moved behind them.
    case position(SpoolPosition, events: Int)
    /// The position has moved behind them, or they have been removed.
    case settled
}

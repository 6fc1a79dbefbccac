import Analytics

/// The state of the events last written to `RefusedEvents`.
enum LeavingOut: Sendable {
    /// Not known after a start: the file may have events that the spool still delivers.
    case unknown
    /// They have been written with this position, and the spool's position may have moved behind them.
    case position(SpoolPosition, events: Int)
    /// The spool's position has moved behind them, or they have been removed from the file.
    case settled
}

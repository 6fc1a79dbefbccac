/// A click or an impression that the run sends.
///
/// Kept small, because the events of all open requests are in memory.
struct Event: Equatable, Sendable {
    /// Seconds since the start of the range.
    let second: UInt32
    let user: UInt32
    let isClick: Bool
}

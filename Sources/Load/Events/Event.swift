/// A click or an impression that the run sends.
///
/// As small as it can be, because all that are under way are kept.
struct Event: Equatable, Sendable {
    /// Seconds since the begin of the range.
    let second: UInt32
    let user: UInt32
    let isClick: Bool
}

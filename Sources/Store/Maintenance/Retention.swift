import Analytics
import Synchronization

/// The border of retention, as far as this server knows; it never moves back.
final class Retention: Sendable {
    private let border = Mutex<Timestamp?>(nil)

    /// The first moment whose events are kept; nil when all are.
    var keptSince: Timestamp? { border.withLock(\.self) }

    func note(_ keptSince: Timestamp) {
        border.withLock { $0 = max($0 ?? keptSince, keptSince) }
    }
}

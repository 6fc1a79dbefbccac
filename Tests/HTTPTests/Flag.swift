import Synchronization

/// A flag shared by tasks.
final class Flag: Sendable {
    private let state: Mutex<Bool>

    init(isSet: Bool = false) { state = Mutex(isSet) }

    var isSet: Bool { state.withLock { $0 } }
    func set(_ isSet: Bool) { state.withLock { $0 = isSet } }
}

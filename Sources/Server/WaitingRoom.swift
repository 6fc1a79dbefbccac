import Synchronization

/// Where requests with a body wait for a moment when there is no room for what they bring.
///
/// A client that is refused at once asks again at once, and each time its body has to be taken in: so many of them would
/// take half of the server's time from those who have been taken.
final class WaitingRoom: Sendable {
    /// How many may wait: of each, some of its body is in memory.
    private static let places = 256
    private static let pause: Duration = .milliseconds(50)
    private static let pauses = 5

    private let taken = Atomic(0)

    /// Returns when there is room, or after a moment, or at once if too many wait already.
    ///
    /// - Parameter isFull: Whether there is no room.
    /// - Throws: A `CancellationError`.
    func wait(while isFull: () -> Bool) async throws {
        guard isFull() else { return }
        defer { taken.subtract(1, ordering: .relaxed) }
        guard taken.add(1, ordering: .relaxed).newValue <= Self.places else { return }
        for _ in 0..<Self.pauses {
            try await Task.sleep(for: Self.pause)
            if !isFull() { return }
        }
    }
}

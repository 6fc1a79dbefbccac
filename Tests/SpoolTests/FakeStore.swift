import Analytics
import Foundation
import Synchronization

/// A database in memory that can be away, lose the connection in a COMMIT, and refuse events.
final class FakeStore: Sendable {
    /// What becomes of the next batches.
    enum Mood: Sendable {
        case takes
        case away
        /// Commits every batch, and the answer is lost.
        case commitsUnheard
    }

    private struct State {
        var mood = Mood.takes
        var users: [String] = []
        var ids: Set<UUID> = []
        var keys: [String: String] = [:]
        var place: SpoolPosition?
        var transactions = 0
    }

    private let refused: Set<String>
    private let state = Mutex(State())

    init(refusing refused: Set<String> = []) {
        self.refused = refused
    }

    var users: [String] { state.withLock { $0.users } }
    var transactions: Int { state.withLock { $0.transactions } }
    func set(_ mood: Mood) { state.withLock { $0.mood = mood } }

    /// As `Store.append` does it.
    func store(_ batch: Batch) throws -> [Outcome] {
        try state.withLock { state in
            if case .away = state.mood { throw WriteError.unavailable }
            state.transactions += 1
            if let delivery = batch.delivery {
                guard state.place == delivery.from else { throw WriteError.misplaced }
            }
            var outcomes: [Outcome] = batch.entries.map { _ in .stored }
            if !state.ids.contains(batch.id) {
                let events = batch.entries.flatMap(\.events)
                guard events.allSatisfy({ !refused.contains($0.user.text) }) else { throw WriteError.refused(row: nil) }
                state.ids.insert(batch.id)
                for (index, entry) in batch.entries.enumerated() {
                    if let key = entry.key?.text {
                        if let answer = state.keys[key] { outcomes[index] = .repeated(answer: answer) }
                        state.keys[key] = state.keys[key] ?? entry.answer
                    }
                    if outcomes[index] == .stored { state.users += entry.events.map(\.user.text) }
                }
            }
            if let delivery = batch.delivery { state.place = delivery.to }
            if case .commitsUnheard = state.mood { throw WriteError.unknown }
            return outcomes
        }
    }

    func locate(first: SpoolPosition) throws -> SpoolPosition {
        try state.withLock { state in
            if case .away = state.mood { throw WriteError.unavailable }
            let place = state.place ?? first
            state.place = place
            return place
        }
    }
}

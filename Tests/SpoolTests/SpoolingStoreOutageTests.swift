import Analytics
import Support
import Testing

@testable import Spool

@Suite(.timeLimit(.minutes(1)))
struct SpoolingStoreOutageTests {
    /// Writers that never stop, and a database that comes and goes: every acknowledged event is stored once.
    @Test(arguments: 0..<8)
    func nothingIsLostOrDoubled(seed: UInt64) async throws {
        try await withScratch { path in
            let store = FakeStore()
            let acknowledged = try await SpoolingStore.with(path, store) { spooling in
                async let moods: Void = changeMood(of: store, seed)
                let acknowledged = await withTaskGroup(of: [String].self) { group in
                    for writer in 0..<4 { group.addTask { await write(to: spooling, writer, seed) } }
                    return await group.reduce(into: []) { $0 += $1 }
                }
                await moods
                await wait(until: { spooling.isCurrent })
                return acknowledged
            }
            let stored = store.users
            #expect(Set(stored).count == stored.count)
            #expect(Set(acknowledged).isSubset(of: stored))
            #expect(!acknowledged.isEmpty)
        }
    }

    /// Writes a few hundred batches; returns the users of those that were acknowledged.
    private func write(to spooling: SpoolingStore, _ writer: Int, _ seed: UInt64) async -> [String] {
        var generator = SeededGenerator(seed: seed &* 100 &+ UInt64(writer))
        var acknowledged: [String] = []
        for number in 0..<300 {
            let users = (0..<Int.random(in: 1...5, using: &generator)).map { "\(writer)-\(number)-\($0)" }
            let batch = Batch(entries: users.map { Batch.Entry(events: [.sample(user: $0)]) })
            // Events without acknowledgement may be stored or not.
            if (try? await spooling.append(batch)) != nil { acknowledged += users }
        }
        return acknowledged
    }

    private func changeMood(of store: FakeStore, _ seed: UInt64) async {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            store.set([.takes, .away, .commitsUnheard].randomElement(using: &generator) ?? .takes)
            for _ in 0..<Int.random(in: 0...200, using: &generator) { await Task.yield() }
        }
        store.set(.takes)
    }
}

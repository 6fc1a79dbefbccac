import FoundationEssentials
import Load
import Synchronization

/// Events that come in at a steady rate while something else is measured.
struct Feed: Sendable {
    /// Of one body.
    let events: Int
    let interval: Duration
    let users: Int
    /// When an event has happened, in seconds since 1970.
    let instants: @Sendable () -> ClosedRange<Int>

    /// Feeds as long as `body` runs.
    ///
    /// - Parameters:
    ///   - hourglass: Takes the events.
    ///   - body: What is measured meanwhile.
    /// - Returns: How many events a second were acknowledged, and what `body` returned.
    /// - Throws: What `body` throws.
    func during<R: Sendable>(
        _ hourglass: Hourglass,
        _ body: () async throws -> R
    ) async throws -> (arrivalsPerSecond: Double, R) {
        let acknowledged = Count()
        let inquirer = try Inquirer(url: hourglass.process.url)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await feed(inquirer, acknowledged) }
            let start = ContinuousClock.now
            let result = try await body()
            let rate = Double(acknowledged.value) / (ContinuousClock.now - start).inSeconds
            group.cancelAll()
            // It throws nothing but its cancellation, or else there is no feed: then the rate shows it.
            try? await group.waitForAll()
            return (rate, result)
        }
    }

    private func feed(_ inquirer: Inquirer, _ acknowledged: Count) async throws {
        try await inquirer.converse { conversation in
            var due = ContinuousClock.now
            while true {
                acknowledged.add(try await conversation.post(csv: body))
                due += interval
                try await ContinuousClock().sleep(until: due)
            }
        }
    }

    private var body: String {
        let range = instants()
        let lines = (0..<events).map { _ in
            let event = Int.random(in: 0..<5) == 0 ? "click" : "impression"
            return "\(Int.random(in: range)),fed\(Int.random(in: 1...users)),\(event)\n"
        }
        return "timestamp,user,event\n" + lines.joined()
    }

    /// Counts in one task and is read in another.
    private final class Count: Sendable {
        private let count = Mutex(0)

        var value: Int { count.withLock { $0 } }

        func add(_ number: Int) { count.withLock { $0 += number } }
    }
}

/// Now, in seconds since 1970.
var currentSecond: Int { Int(Date.now.timeIntervalSince1970) }

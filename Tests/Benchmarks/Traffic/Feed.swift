import FoundationEssentials
import Load
import Synchronization

/// Events that arrive at a steady rate during another measurement.
struct Feed: Sendable {
    /// The number of events in one body.
    let events: Int
    let interval: Duration
    let users: Int
    /// The range of the events' times, in seconds since 1970.
    let instants: @Sendable () -> ClosedRange<Int>

    /// Sends events while `body` runs.
    ///
    /// - Parameters:
    ///   - hourglass: The server that receives the events.
    ///   - body: The measurement.
    /// - Returns: The number of acknowledged events per second, and the result of `body`.
    /// - Throws: The error of `body`.
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
            // It throws the cancellation, or an error that ends the feed, which shows in the rate.
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

    /// A counter written by one task and read by another.
    private final class Count: Sendable {
        private let count = Mutex(0)

        var value: Int { count.withLock { $0 } }

        func add(_ number: Int) { count.withLock { $0 += number } }
    }
}

/// The current time in seconds since 1970.
var currentSecond: Int { Int(Date.now.timeIntervalSince1970) }

import FoundationEssentials
import NIOHTTP1
import Support

/// Sends the events of a ledger over one connection, each once, and reconnects when the connection breaks.
struct LoadClient: Sendable {
    let ledger: Ledger
    let host: String
    let port: Int
    /// The source of the random request shapes.
    var generator: SeededGenerator

    /// Sends until it is told to stop.
    mutating func run(until stop: StopSign) async throws {
        while !stop.isUp {
            var client = self
            do {
                try await HTTPConversation.with(host: host, port: port) { conversation in
                    while !stop.isUp { try await client.send(client.nextShape(), over: &conversation) }
                }
            } catch {
                // The server is unreachable. Reconnecting without a pause would take processor time from it.
                try await Task.sleep(for: .milliseconds(20))
            }
            self = client
        }
    }

    /// Sends one event, until one is acknowledged.
    static func sendUntilAcknowledged(_ ledger: Ledger, host: String, port: Int) async throws {
        let client = LoadClient(ledger: ledger, host: host, port: port, generator: SeededGenerator(seed: 0))
        while true {
            do {
                let isAcknowledged = try await HTTPConversation.with(host: host, port: port) {
                    try await client.send(.single, over: &$0)
                }
                if isAcknowledged { return }
            } catch {
                // The server is unreachable.
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }

    /// Mostly single events, some hits and small bulk bodies, and a few large enough to be stored by COPY.
    private mutating func nextShape() -> RequestShape {
        switch Int.random(in: 0..<600, using: &generator) {
        case 0: .csv(1_500)
        case 1...10: .csv(20)
        case 11...20: .lines(20)
        case 21...30: .hits(1)
        case 31...35: .hits(20)
        default: .single
        }
    }

    /// - Returns: True if the events were acknowledged.
    @discardableResult
    private func send(_ shape: RequestShape, over conversation: inout HTTPConversation) async throws -> Bool {
        let numbers = ledger.issue(shape.count)
        let events = numbers.map { LedgerEvent($0, of: ledger) }
        let answer: HTTPAnswer
        do {
            answer = try await conversation.ask(
                .POST,
                shape.target(events),
                shape.headers,
                body: shape.body(events)
            )
        } catch {
            ledger.lose(numbers)
            throw error
        }
        switch answer.status {
        case shape.success where shape.isAccepted(answer):
            try ledger.acknowledge(numbers)
            return true
        case 503 where answer["Retry-After"] != nil:
            ledger.refuse(numbers)
            // Shorter than Retry-After, to measure the time of recovery.
            try await Task.sleep(for: .milliseconds(10))
        default:
            ledger.noteUnexpected("\(answer.status) \(answer.headers) \(answer.body)")
        }
        return false
    }
}

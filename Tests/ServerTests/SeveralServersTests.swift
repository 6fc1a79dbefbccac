import Analytics
import NIOHTTP1
import Store
import Support
import Testing

/// Several server processes behind one database are one server.
@Suite(.needsPostgres)
struct SeveralServersTests {
    /// Random events, shuffled, late, repeated under their keys, single and in bulk, from several connections through two
    /// processes; then every answer of both is the one counted by hand.
    @Test(arguments: Flavour.allCases, [11, 12] as [UInt64])
    func everyAnswerIsTheOneCountedByHand(flavour: Flavour, seed: UInt64) async throws {
        try await withTwoServers(flavour) { ports, database in
            var generator = SeededGenerator(seed: seed)
            var sent: [Event] = []
            for round in 1...3 {
                let requests = (0..<60).map { number in
                    RandomRequest(key: "\(round)-\(number)", &generator)
                }
                sent += requests.flatMap(\.events)
                // Each is sent up to three times, in any order.
                let deliveries = requests.flatMap { Array(repeating: $0, count: $0.deliveries) }
                    .shuffled(using: &generator)
                try await deliver(deliveries, to: ports)
                for _ in 0..<40 {
                    let moment = RandomRequest.time(&generator)
                    let expected = sent.hour(endingAt: Timestamp(milliseconds: moment)).text
                    for port in ports {
                        let answer = try await HTTPConversation.with(port: port) {
                            try await $0.ask(.GET, "/analytics?timestamp=\(moment)")
                        }
                        #expect(answer.body == expected, "seed \(seed), round \(round), at \(moment)")
                    }
                }
                try await Maintenance.refreshing(database).round()
            }
            #expect(try await database.count(.events) == sent.count)
        }
    }

    /// Six connections, each through one of the servers.
    private func deliver(_ requests: [RandomRequest], to ports: [Int]) async throws {
        let taken = Counting()
        try await withThrowingTaskGroup { group in
            for connection in 0..<6 {
                group.addTask {
                    try await HTTPConversation.with(port: ports[connection % ports.count]) { conversation in
                        while true {
                            let index = taken.next() - 1
                            guard index < requests.count else { return }
                            let answer = try await requests[index].send(&conversation)
                            #expect(answer.status == 200 || answer.status == 204)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// A 204 means that the very next question counts the event, whichever server is asked, and however many write.
    @Test(arguments: Flavour.allCases)
    func whatWasAnswered204IsCountedByTheOtherServer(flavour: Flavour) async throws {
        try await withTwoServers(flavour) { ports, _ in
            try await withThrowingTaskGroup { group in
                for writer in 0..<8 {
                    group.addTask { try await self.writeHereAskThere(writer, ports) }
                }
                try await group.waitForAll()
            }
        }
    }

    /// Each writer has a window of its own, so what it must be told is known exactly.
    private func writeHereAskThere(_ writer: Int, _ ports: [Int]) async throws {
        let time = 1_000_000_000 + writer * 20_000
        try await HTTPConversation.with(port: ports[writer % 2]) { here in
            try await HTTPConversation.with(port: ports[(writer + 1) % 2]) { there in
                for count in 1...25 {
                    let written = try await here.ask(.POST, "/analytics?timestamp=\(time)&user=u\(count)&event=click")
                    #expect(written.status == 204)
                    let asked = try await there.ask(.GET, "/analytics?timestamp=\(time)")
                    #expect(asked.body == "unique_users,\(count)\nclicks,\(count)\nimpressions,0\n")
                }
            }
        }
    }

    private func withTwoServers(
        _ flavour: Flavour,
        _ body: @Sendable (_ ports: [Int], TestDatabase) async throws -> Void
    ) async throws {
        try await withDatabase(flavour) { database in
            let arguments = ["--database-url", database.serverURL]
            let first = try await HourglassProcess.with(arguments) { first in
                let second = try await HourglassProcess.with(arguments) { second in
                    try await body([first.port, second.port], database)
                }
                #expect(second.status == .exited(0))
            }
            #expect(first.status == .exited(0))
        }
    }
}

/// A request with random events, and a key under which it may come several times.
private struct RandomRequest: Sendable {
    let key: String
    let events: [Event]
    let deliveries: Int
    let isBulk: Bool

    init(key: String, _ generator: inout SeededGenerator) {
        self.key = key
        isBulk = Int.random(in: 0..<4, using: &generator) == 0
        deliveries = Int.random(in: 1...3, using: &generator)
        events = (0..<(isBulk ? 20 : 1)).map { _ in
            Event.sample(
                at: Self.time(&generator),
                user: "user \(Int.random(in: 1...50, using: &generator))",
                kind: Bool.random(using: &generator) ? .click : .impression
            )
        }
    }

    /// Within four hours of 2008, in milliseconds.
    static func time(_ generator: inout SeededGenerator) -> Int {
        1_223_564_400_000 + Int.random(in: 0..<14_400, using: &generator) * 1000
            + (Bool.random(using: &generator) ? 0 : 500)
    }

    func send(_ conversation: inout HTTPConversation) async throws -> HTTPAnswer {
        var headers: HTTPHeaders = ["Idempotency-Key": key]
        guard isBulk else {
            let event = events[0]
            let user = event.user.text.replacing(" ", with: "+")
            let query = "timestamp=\(event.time.milliseconds)&user=\(user)&event=\(event.kind)"
            return try await conversation.ask(.POST, "/analytics?\(query)", headers)
        }
        headers.add(name: "Content-Type", value: "text/csv")
        let rows = events.map { "\($0.time.milliseconds),\($0.user.text),\($0.kind)\n" }
        return try await conversation.ask(
            .POST,
            "/analytics",
            headers,
            body: "timestamp,user,event\n" + rows.joined()
        )
    }
}

extension HourReport {
    fileprivate var text: String { "unique_users,\(uniqueUsers)\nclicks,\(clicks)\nimpressions,\(impressions)\n" }
}

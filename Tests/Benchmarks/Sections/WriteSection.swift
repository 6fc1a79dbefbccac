import Postgres
import Schema
import Store

/// Single durable events, compared with servers that do less or work more simply.
struct WriteSection: Section {
    static let name = SectionName.write

    let session: Session
    let flavour: Flavour

    private struct Contender {
        let name: String
        let server: ServerProcess
        let script: String
    }

    private static let contenders = 4

    var expectedSeconds: Double {
        Double(Self.contenders * (plan.connections.count * plan.rounds * plan.seconds + 1))
    }

    func run() async throws {
        let events = Wrk.events(users: plan.users)
        try await Hourglass.with(flavour, in: session.directory) { hourglass in
            try await hourglass.withConnection { try await $0.run(NaiveServer.table) }
            try await own(["bare-server"]) { bare in
                try await own(["naive-server", "--database-url", hourglass.databaseURL]) { naive in
                    let acknowledged = try await measure([
                        Contender(name: "hourglass, durable", server: hourglass.process, script: events),
                        Contender(name: "hourglass, no-op", server: hourglass.process, script: Self.options),
                        Contender(name: "bare SwiftNIO, no-op", server: bare, script: events),
                        Contender(name: "INSERT per request", server: naive, script: events),
                    ])
                    try await check(hourglass, acknowledged: acknowledged)
                }
            }
        }
    }

    private func own(_ arguments: [String], _ body: (ServerProcess) async throws -> Void) async throws {
        try await ServerProcess.with(ServerProcess.own, arguments, directory: session.directory, body)
    }

    /// Runs all rounds; returns the number of events that hourglass has acknowledged.
    private func measure(_ contenders: [Contender]) async throws -> Double {
        await begin("warming up", seconds: Double(contenders.count))
        var acknowledged = 0.0
        for contender in contenders {
            let wrk = Wrk(script: contender.script, connections: 64, seconds: 1)
            let outcome = try await wrk.run(contender.server.url, directory: session.directory)
            if contender.name == contenders[0].name { acknowledged += outcome.requests - outcome.errors }
        }
        for round in 1...plan.rounds {
            for connections in plan.connections {
                await begin(Self.situation(connections), round: round, seconds: Double(4 * plan.seconds))
                // The order changes with each round, so that no contender always follows the same other.
                for index in contenders.indices {
                    let contender = contenders[(index + round - 1) % contenders.count]
                    let outcome = try await measure(contender, connections: connections, round: round)
                    if contender.name == contenders[0].name { acknowledged += outcome.requests - outcome.errors }
                }
            }
        }
        return acknowledged
    }

    private func measure(_ contender: Contender, connections: Int, round: Int) async throws -> Wrk.Outcome {
        let wrk = Wrk(script: contender.script, connections: connections, seconds: plan.seconds)
        let (outcome, processorSeconds) = try await wrk.run(against: contender.server, directory: session.directory)
        let usage = try ProcessUsage(of: contender.server.id)
        await note(
            Self.situation(connections),
            contender.name,
            round: round,
            [
                .requestsPerSecond: outcome.requests / outcome.seconds,
                .p50: outcome.p50,
                .p99: outcome.p99,
                .requestsPerCPUSecond: outcome.requests / processorSeconds,
                .residentMegabytes: usage.residentMegabytes,
                .peakMegabytes: usage.peakMegabytes,
                .errors: outcome.errors,
            ]
        )
        return outcome
    }
}

extension WriteSection {
    private static func situation(_ connections: Int) -> String {
        connections == 1 ? "1 connection" : "\(connections) connections"
    }

    private static let options = """
        wrk.method = "OPTIONS"
        wrk.path = "/analytics"
        """
}

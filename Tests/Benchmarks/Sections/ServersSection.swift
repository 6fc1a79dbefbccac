import Load
import Postgres
import Schema
import Store

/// Single durable events through several servers on one database, and a comparison of their answers.
struct ServersSection: Section {
    static let name = SectionName.servers

    private static let connections = 48
    private static let most = 3

    let session: Session
    let flavour: Flavour

    var expectedSeconds: Double { Double(plan.rounds * (Self.most * plan.seconds + 1)) }

    func run() async throws {
        try await Hourglass.with(flavour, in: session.directory) { first in
            try await withOthers(Self.most - 1, on: first, [first]) { servers in
                var acknowledged = 0.0
                for round in 1...plan.rounds {
                    for count in 1...Self.most {
                        let used = Array(servers.prefix(count))
                        acknowledged += try await measure(used, round: round)
                        try await compare(servers)
                    }
                }
                try await check(first, acknowledged: acknowledged)
            }
        }
    }

    /// Starts a number of servers in turn, and lends all of them.
    private func withOthers(
        _ count: Int,
        on first: Hourglass,
        _ servers: [Hourglass],
        _ body: @escaping @Sendable ([Hourglass]) async throws -> Void
    ) async throws {
        guard count > 0 else { return try await body(servers) }
        try await first.withAnother { other in
            try await withOthers(count - 1, on: first, servers + [other], body)
        }
    }

    /// Sends events to some of the servers; returns the number of acknowledged events.
    private func measure(_ servers: [Hourglass], round: Int) async throws -> Double {
        let situation = servers.count == 1 ? "1 server" : "\(servers.count) servers"
        await begin(situation, round: round, seconds: Double(plan.seconds))
        let wrk = Wrk(
            script: Wrk.events(users: plan.users),
            connections: Self.connections / servers.count,
            seconds: plan.seconds
        )
        let outcomes = try await withThrowingTaskGroup { group in
            for server in servers {
                group.addTask { try await wrk.run(against: server.process, directory: session.directory) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let requests = outcomes.map(\.0.requests).reduce(0, +)
        let errors = outcomes.map(\.0.errors).reduce(0, +)
        await note(
            situation,
            "hourglass, durable",
            round: round,
            [
                .requestsPerSecond: outcomes.map { $0.0.requests / $0.0.seconds }.reduce(0, +),
                .p50: outcomes.map(\.0.p50).max() ?? 0,
                .p99: outcomes.map(\.0.p99).max() ?? 0,
                .requestsPerCPUSecond: requests / outcomes.map(\.processorSeconds).reduce(0, +),
                .errors: errors,
            ]
        )
        return requests - errors
    }

    /// Queries all servers about the same hours, including those just written to.
    ///
    /// Requests that were cut off at the end may still be stored, so the database is queried before and after, until it
    /// has not changed in between.
    private func compare(_ servers: [Hourglass]) async throws {
        let now = currentSecond
        let instants = [now, now - 1] + (0..<8).map { _ in Int.random(in: now - 7_200...now) }
        for _ in 1...10 {
            let before = try await count(servers[0], instants)
            var answers: [[Counts]] = []
            for server in servers { answers.append(try await ask(server, instants)) }
            guard try await count(servers[0], instants) == before else { continue }
            for (server, answer) in answers.enumerated() where answer != before {
                let text = "server \(server + 1) at \(instants): answered \(answer), counted \(before)"
                await session.notebook.fail("servers, \(flavour.rawValue), \(text)")
            }
            return
        }
        await session.notebook.fail("servers, \(flavour.rawValue): events are stored while no client sends any")
    }

    private func ask(_ server: Hourglass, _ instants: [Int]) async throws -> [Counts] {
        try await Inquirer(url: server.process.url).converse { conversation in
            var answers: [Counts] = []
            for instant in instants { answers.append(try await conversation.ask(instant)) }
            return answers
        }
    }

    private func count(_ server: Hourglass, _ instants: [Int]) async throws -> [Counts] {
        try await server.withConnection { connection in
            var counts: [Counts] = []
            for instant in instants { counts += try await connection.execute(DirectCount(instant: instant)) }
            return counts
        }
    }
}

import Load
import Postgres
import Store

/// Single durable events through several servers on one database, and whether they answer alike.
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

    /// Starts servers one by one and lends all of them.
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

    /// Sends events to some of the servers; returns how many were acknowledged.
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

    /// Asks all servers about the same hours, those that have just been written to among them.
    private func compare(_ servers: [Hourglass]) async throws {
        let now = currentSecond
        let instants = [now, now - 1] + (0..<18).map { _ in Int.random(in: now - 7_200...now) }
        var answers: [[Counts]] = []
        for server in servers {
            answers.append(
                try await Inquirer(url: server.process.url).converse { conversation in
                    var answers: [Counts] = []
                    for instant in instants { answers.append(try await conversation.ask(instant)) }
                    return answers
                }
            )
        }
        let direct = try await servers[0].withConnection { connection in
            var counts: [Counts] = []
            for instant in instants { counts += try await connection.execute(DirectCount(instant: instant)) }
            return counts
        }
        for (place, instant) in instants.enumerated() {
            let given = answers.map { $0[place] }
            if given.contains(where: { $0 != direct[place] }) {
                await session.notebook.fail(
                    "servers, \(flavour.rawValue), at \(instant): answered \(given), counted \(direct[place])"
                )
            }
        }
    }
}

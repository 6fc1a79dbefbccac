import FoundationEssentials
import Schema
import Store
import SystemPackage

/// Bodies of many events, compared with `psql \copy` of the same rows into the same table.
struct BulkSection: Section {
    static let name = SectionName.bulk

    let session: Session
    let flavour: Flavour

    private static let connections = 4
    private static let sizes = [1_000, 10_000]
    /// The approximate number of rows that one `psql` copies per second.
    private static let copiedPerSecond = 60_000

    var expectedSeconds: Double {
        Double(plan.rounds * Self.sizes.count * 3 * plan.seconds)
    }

    func run() async throws {
        try await Hourglass.with(flavour, in: session.directory) { hourglass in
            var stored = 0.0
            for round in 1...plan.rounds {
                for size in Self.sizes { stored += try await measure(hourglass, size: size, round: round) }
            }
            try await check(hourglass, acknowledged: stored)
        }
    }

    /// Measures a round with bodies of one size; returns the number of stored events.
    private func measure(_ hourglass: Hourglass, size: Int, round: Int) async throws -> Double {
        // New rows for each round, so that the events are always current.
        let rows = BulkRows(count: 40_000, users: plan.users, now: Date.now)
        let bodies = [
            ("CSV bodies of \(size)", "text/csv", rows.csv(size: size)),
            ("NDJSON bodies of \(size)", "application/x-ndjson", rows.ndjson(size: size)),
        ]
        var stored = 0.0
        // The order changes with each round, so that no contender always follows the same other.
        for index in (0...bodies.count).map({ ($0 + round - 1) % (bodies.count + 1) }) {
            let seconds = Double(plan.seconds)
            if index < bodies.count {
                let (situation, type, bodies) = bodies[index]
                await begin(situation, round: round, seconds: seconds)
                let (events, values) = try await post(bodies, type, hourglass, size: size)
                await note(situation, "hourglass", round: round, values)
                stored += events
            } else {
                await begin("four psql", round: round, seconds: seconds)
                let (events, values) = try await copy(rows, hourglass)
                for (situation, _, _) in bodies { await note(situation, "psql \\copy", round: round, values) }
                stored += events
            }
        }
        return stored
    }

    /// The result of a measurement: the number of stored events, and the values to note.
    private typealias Outcome = (events: Double, values: [Metric: Double])

    private func post(_ bodies: [String], _ type: String, _ hourglass: Hourglass, size: Int) async throws -> Outcome {
        for (index, body) in bodies.enumerated() {
            try Data(body.utf8).write(to: URL(filePath: file("body.\(index)").string))
        }
        let script = script(count: bodies.count, type: type)
        let wrk = Wrk(script: script, connections: Self.connections, seconds: plan.seconds)
        let (outcome, processorSeconds) = try await wrk.run(against: hourglass.process, directory: session.directory)
        let events = (outcome.requests - outcome.errors) * Double(size)
        return (
            events,
            [
                .eventsPerSecond: events / outcome.seconds,
                .p50: outcome.p50,
                .p99: outcome.p99,
                .eventsPerCPUSecond: events / processorSeconds,
                .peakMegabytes: try ProcessUsage(of: hourglass.process.id).peakMegabytes,
                .errors: outcome.errors,
            ]
        )
    }

    /// Copies with as many processes as connections, in one large transaction each.
    private func copy(_ rows: BulkRows, _ hourglass: Hourglass) async throws -> Outcome {
        let times = max(1, Self.copiedPerSecond * plan.seconds / rows.count)
        let text = String(repeating: rows.copyText, count: times)
        try Data(text.utf8).write(to: URL(filePath: file("rows").string))
        let command = "\\copy hourglass.event (ts, site_id, kind, user_id) from '\(file("rows"))'"
        let psql = session.installation.binaries.appending("psql").string
        let arguments = ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", hourglass.databaseURL, "-c", command]
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<Self.connections { group.addTask { _ = try await output(of: psql, arguments) } }
            try await group.waitForAll()
        }
        let events = Double(rows.count * times * Self.connections)
        let seconds = (ContinuousClock.now - start).inSeconds
        return (events, [.eventsPerSecond: events / seconds])
    }

    private func file(_ name: String) -> FilePath {
        session.directory.appending(name)
    }

    private func script(count: Int, type: String) -> String {
        Wrk.cycling(
            """
              for i = 1, \(count) do
                local file = io.open("\(file("body"))." .. i - 1, "rb")
                local body = file:read("*a")
                file:close()
                requests[i] = wrk.format("POST", "/analytics", { ["Content-Type"] = "\(type)" }, body)
              end
            """
        )
    }
}

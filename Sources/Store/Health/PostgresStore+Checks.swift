package import Analytics
import Schema
import Synchronization

extension PostgresStore {
    package func checks() async -> [Check] {
        var checks = await schemaChecks()
        checks.append(Check("writing", .unavailable, obstacle: await writingObstacle()))
        checks.append(Check(tasks: tasks))
        if checks.first?.isWell == true { checks.append(await partCheck()) }
        return checks
    }

    /// Checks of the database and its schema.
    ///
    /// A wrong schema is unusable until somebody migrates it; a schema that cannot be read may be right, and is only
    /// unavailable.
    private func schemaChecks() async -> [Check] {
        do {
            let schema = try await schema()
            return [Check("database", .unavailable), Check("schema", .unusable, obstacle: schema.obstacle)]
        } catch {
            return [
                Check("database", .unavailable, obstacle: Self.obstacle(error)),
                Check("schema", .unavailable, obstacle: "cannot be read"),
            ]
        }
    }

    private static func obstacle(_ error: any Error) -> String {
        switch error {
        case QueryError.unavailable: "the database is away"
        case QueryError.tooSlow: "the database took too long"
        default: "something went wrong in the server"
        }
    }

    package var measurements: [Measurement] {
        [
            Measurement(
                "hourglass_batches_resent_total",
                "Times that a batch was sent again because the database had not answered.",
                .counter,
                value: Double(resends.load(ordering: .relaxed))
            ),
            Measurement(
                "hourglass_forgotten_rows_total",
                "Events, hits and identities that were not stored because their users had been forgotten since.",
                .counter,
                value: Double(forgottenRows.load(ordering: .relaxed))
            ),
            Measurement(
                "hourglass_live_following",
                "1 while answers about the live hours come from memory, 0 while the database gives them.",
                value: live.isFollowing ? 1 : 0
            ),
        ] + sizeMeasurements + reportMeasurements + keeping.measurements + tasks.flatMap(\.measurements)
    }

    /// The size of the database under the name of Prometheus' exporter for PostgreSQL; empty while it is not known.
    private var sizeMeasurements: [Measurement] {
        guard let size = size.withLock(\.self) else { return [] }
        let labels = [(name: "datname", value: size.name)]
        let help = "Size of the database in bytes."
        return [Measurement("pg_database_size_bytes", help, labels: labels, value: Double(size.bytes))]
    }

    /// The background tasks that run with this configuration.
    private var tasks: [TaskRecord] {
        [maintaining, working, watching] + (configuration.live.users > 0 ? [following] : [])
    }
}

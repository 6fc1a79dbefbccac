package import Analytics
import Synchronization

extension PostgresStore {
    package func checks() async -> [Check] {
        var checks = await schemaChecks()
        checks.append(Check("writing", .unavailable, obstacle: await writingObstacle()))
        checks.append(Check(tasks: tasks))
        return checks
    }

    /// A schema that is not the wanted one needs somebody; one that cannot be read may be all right.
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
                "hourglass_live_following",
                "1 while answers about the live hours come from memory, 0 while the database gives them.",
                value: live.isFollowing ? 1 : 0
            ),
        ] + tasks.flatMap(\.measurements)
    }

    /// The tasks in the background, as far as they are to run.
    private var tasks: [TaskRecord] {
        [maintaining, watching] + (configuration.live.users > 0 ? [following] : [])
    }
}

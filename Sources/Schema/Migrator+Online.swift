import Postgres

extension Migrator {
    /// The attempts to take a lock that a statement gives up on after half a second, with a second between them.
    private static let attempts = 200

    /// Does the work of an online step, and notes the step.
    static func work(
        on step: Migration,
        _ flavour: Flavour,
        _ connection: Connection,
        progress: @Sendable (String) -> Void
    ) async throws {
        try await takeOwner(connection)
        var last: OnlineTask?
        while let task = try await OnlineTask.remaining(of: step, connection).first {
            guard task != last else { throw Failure.unfinished(task.label) }
            progress(task.label)
            try await run(task, connection)
            last = task
        }
        try await connection.run("RESET ROLE")
        _ = try await asOwner(connection) { try $0.perform(NoteMigration(step: step, flavour: flavour)) }
    }

    /// Takes the role of the owner for several transactions, unless the session is a superuser's, who may do more.
    static func takeOwner(_ connection: isolated Connection) throws {
        let isSuperuser = try connection.values("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if isSuperuser != [["t"]] { try connection.run("SET ROLE hourglass_owner") }
    }

    private static func run(_ task: OnlineTask, _ connection: Connection) async throws {
        var attempt = 1
        while true {
            do throws(PostgresError) {
                return try await connection.run(task.statement)
            } catch {
                guard error.state == .lockNotAvailable, attempt < attempts else {
                    throw Failure.task(task.label, error)
                }
            }
            attempt += 1
            try await Task.sleep(for: .seconds(1))
        }
    }
}

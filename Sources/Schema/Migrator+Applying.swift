import Postgres

extension Migrator {
    /// Takes the missing steps, and applies the files whose texts have changed.
    ///
    /// Servers of the previous release keep running meanwhile, so the schema works for them after each transaction:
    /// 1. Each missing step is a transaction, or the work of `OnlineTask`.
    /// 2. Each changed view is one. Replacing a view locks out its readers, and a transaction that holds one such lock
    ///    while it waits for another could deadlock with a reader. A view only gains columns, so old functions work on
    ///    it.
    /// 3. The changed functions are one, because they call each other. They may use the new tables and views.
    /// 4. Functions that only earlier ones call are dropped, once the calls that were under way have ended.
    ///
    /// - Returns: The names of the transactions.
    static func update(
        _ flavour: Flavour,
        _ connection: Connection,
        url: String,
        progress: @Sendable (String) -> Void
    ) async throws -> [String] {
        guard let last = try await lastStep(connection) else {
            // A migration that was killed may have left them.
            try await dropRetired(connection)
            return []
        }
        var applied: [String] = []
        for step in Migration.steps(for: flavour) where step.number > last {
            progress(step.title)
            if step.isOnline {
                try await work(on: step, flavour, connection, progress: progress)
            } else {
                try await apply(step, flavour, connection)
            }
            applied.append(step.title)
        }
        let changed = Set(try await asOwner(connection) { try $0.perform(ChangedFiles(flavour: flavour)) })
        let views = SchemaFile.views.filter { changed.contains($0.name) }
        if !views.isEmpty {
            progress("views")
            for view in views { try await apply([view], flavour, connection) }
            applied.append("views")
        }
        let functions = SchemaFile.functions.filter { changed.contains($0.name) }
        if !functions.isEmpty {
            progress("functions")
            if last < Migration.tableLocks {
                try await applyBetweenLocks(functions, flavour, connection, url: url)
            } else {
                try await apply(functions, flavour, connection)
            }
            applied.append("functions")
        }
        try await dropRetired(connection)
        return applied
    }

    /// Applies the functions that lock tables in place of those that take advisory locks.
    ///
    /// A call of an earlier function may be under way, which the locks of the new ones do not exclude. So the tables
    /// stay locked until it has ended: until its advisory lock is free.
    private static func applyBetweenLocks(
        _ functions: [SchemaFile],
        _ flavour: Flavour,
        _ connection: Connection,
        url: String
    ) async throws {
        try await Connection.with(url, setup: "SET search_path = hourglass; SET statement_timeout = 0") { other in
            try await other.run(
                "BEGIN; SET LOCAL ROLE hourglass_owner; LOCK TABLE border_lock, late_lock IN EXCLUSIVE MODE"
            )
            try await apply(functions, flavour, connection)
            try await other.run(
                "SELECT pg_advisory_xact_lock(5215575679192756); SELECT pg_advisory_xact_lock(5215575679192757); COMMIT"
            )
        }
    }

    /// The last step of a schema that needs a migration; nil if it needs none.
    static func lastStep(_ connection: Connection) async throws -> Int? {
        switch try await asOwner(connection, { try SchemaState.state(of: $0) }) {
        case .current, .compatible: nil
        case .older(let applied, _): applied
        case let other: throw Failure.schema(other)
        }
    }

    /// Takes a step that is one transaction.
    static func apply(_ step: Migration, _ flavour: Flavour, _ connection: Connection) async throws {
        do {
            try await connection.transaction { connection in
                try connection.run(step.sql)
                try connection.run("SET LOCAL ROLE hourglass_owner")
                _ = try connection.perform(NoteMigration(step: step, flavour: flavour))
            }
        } catch let error as PostgresError {
            if error.state == .insufficientPrivilege, try await lacksTimescaleDB(flavour, connection) {
                throw Failure.flavour(
                    "TimescaleDB is there, but this role may not create it: let a superuser run `CREATE EXTENSION "
                        + "timescaledb SCHEMA public;` in the database and migrate again, or choose the flavour postgres, "
                        + "which cannot be changed later"
                )
            }
            throw Failure.step("schema step \(step.title)", error)
        }
    }

    /// Returns true if the flavour's extension has not been created, which needs a superuser if it is not trusted.
    private static func lacksTimescaleDB(_ flavour: Flavour, _ connection: Connection) async throws -> Bool {
        guard flavour == .timescaledb else { return false }
        return try await connection.execute(FlavourSupport()).first?.schema == nil
    }

    private static func apply(_ files: [SchemaFile], _ flavour: Flavour, _ connection: Connection) async throws {
        try await asOwner(connection) { connection in
            // Functions may call later ones, so their bodies cannot be checked here; a test checks them.
            try connection.run("SET LOCAL check_function_bodies = off")
            for file in files {
                do throws(PostgresError) {
                    try connection.run(file.sql)
                } catch {
                    throw Failure.step(file.name, error)
                }
                _ = try connection.perform(NoteFile(file: file))
            }
            _ = try connection.perform(ForgetFiles(flavour: flavour))
        }
    }

    /// Runs `body` in a transaction as the owner of the schema, whose role the migrating one need not inherit.
    static func asOwner<R: Sendable>(
        _ connection: Connection,
        _ body: @Sendable (isolated Connection) throws -> R
    ) async throws -> R {
        try await connection.transaction { connection in
            try connection.run("SET LOCAL ROLE hourglass_owner")
            return try body(connection)
        }
    }
}

import Postgres

/// The changes that a migration would make, as far as they can be seen beforehand.
package struct MigrationPlan: Sendable {
    /// A missing step.
    package struct Step: Sendable {
        /// The number and name of the step, such as `4 (hour)`.
        package let title: String
        /// The work outside of transactions; empty for a step that is a transaction, or if there are no tables yet.
        package let tasks: [OnlineTask]
    }

    package let flavour: Flavour
    /// The missing steps, in order.
    package let steps: [Step]
    /// The files of views and functions that would be applied again.
    package let files: [String]

    /// A rough estimate of the time that the work outside of transactions takes.
    package var estimate: Duration {
        steps.reduce(.zero) { $1.tasks.reduce($0) { $0 + $1.estimate } }
    }
}

extension Migrator {
    /// Reads what a migration would do; changes nothing, and takes no lock that another session would notice.
    ///
    /// - Throws: `Failure` if the database cannot be migrated, or a `PostgresError` if it cannot be reached.
    package func plan(flavour wanted: Flavour? = nil) async throws -> MigrationPlan {
        let setup = "SET search_path = hourglass, public; SET default_transaction_read_only = on"
        return try await Connection.with(url, setup: setup) { connection in
            if let encoding = try await SchemaState.unsuitableEncoding(of: connection) {
                throw Failure.schema(.encoding(encoding))
            }
            guard try await Self.exists("to_regnamespace('hourglass')", connection) else {
                return try await Self.fullPlan(wanted, connection)
            }
            try await Self.takeOwner(connection)
            guard try await Self.exists("to_regclass('hourglass.schema_migration')", connection) else {
                return try await Self.fullPlan(wanted, connection)
            }
            return try await Self.plan(wanted, connection)
        }
    }

    /// The plan for a database without a schema.
    private static func fullPlan(_ wanted: Flavour?, _ connection: Connection) async throws -> MigrationPlan {
        let flavour = try await choose(wanted, existing: nil, connection)
        return MigrationPlan(
            flavour: flavour,
            steps: Migration.steps(for: flavour).map { MigrationPlan.Step(title: $0.title, tasks: []) },
            files: SchemaFile.files(for: flavour).map(\.name)
        )
    }

    private static func plan(_ wanted: Flavour?, _ connection: Connection) async throws -> MigrationPlan {
        let existing = try await connection.execute(AppliedMigrations()).last?.flavour
        let flavour = try await choose(wanted, existing: existing, connection)
        guard let last = try await lastStep(connection) else {
            return MigrationPlan(flavour: flavour, steps: [], files: [])
        }
        // Before the tables are made, there is nothing to work on.
        let hasTables = try await exists("to_regclass('hourglass.event')", connection)
        var steps: [MigrationPlan.Step] = []
        for step in Migration.steps(for: flavour) where step.number > last {
            let tasks = step.isOnline && hasTables ? try await OnlineTask.remaining(of: step, connection) : []
            steps.append(MigrationPlan.Step(title: step.title, tasks: tasks))
        }
        return MigrationPlan(flavour: flavour, steps: steps, files: try await changedFiles(flavour, connection))
    }

    /// The files that would be applied again; all before the step that notes them.
    private static func changedFiles(_ flavour: Flavour, _ connection: Connection) async throws -> [String] {
        guard try await exists("to_regclass('hourglass.schema_file')", connection) else {
            return SchemaFile.files(for: flavour).map(\.name)
        }
        return try await connection.execute(ChangedFiles(flavour: flavour))
    }

    private static func exists(_ object: String, _ connection: Connection) async throws -> Bool {
        try await connection.values("SELECT \(object) IS NOT NULL") == [["t"]]
    }
}

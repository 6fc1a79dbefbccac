import Postgres

extension Migrator {
    /// The functions that only functions of earlier schemas call.
    private static let retired = [
        // Up to schema 13.
        "note_late(integer, timestamptz[], timestamptz, text[], integer[], bigint[])",
        "late_events(text[], integer[], bigint[])",
        // Up to schema 18: the numbers of advisory locks in place of the tables border_lock and late_lock.
        "late_lock()", "open_hour_lock()",
    ]
    /// The time for calls that are under way: longer than one takes, and short beside a migration.
    private static let longestWait: Duration = .seconds(10)

    /// Drops the retired functions, after the transactions that may have begun with the functions that call them.
    ///
    /// A call that has not ended by then, or that has touched no table yet, fails with `undefined_function`. Nothing of
    /// it is kept, and servers send a batch again after every error of the database.
    static func dropRetired(_ connection: Connection) async throws {
        let names = retired.map { "to_regprocedure('hourglass.\($0)')" }.joined(separator: ", ")
        let isThere = try await asOwner(connection) { try $0.values("SELECT num_nonnulls(\(names)) > 0") }
        guard isThere == [["t"]] else { return }
        let end = ContinuousClock.now + longestWait
        var rest = try await transactions(connection)
        while !rest.isEmpty, ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(20))
            rest.formIntersection(try await transactions(connection))
        }
        try await asOwner(connection) { connection in
            for function in retired { try connection.run("DROP FUNCTION IF EXISTS hourglass.\(function)") }
        }
    }

    /// The transactions of other sessions that have touched a table of the schema.
    private static func transactions(_ connection: Connection) async throws -> Set<String> {
        let rows = try await connection.values(
            """
            SELECT DISTINCT virtualtransaction
              FROM pg_locks
             WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database())
               AND relation IN (SELECT oid FROM pg_class WHERE relnamespace = to_regnamespace('hourglass'))
               AND pid <> pg_backend_pid()
            """
        )
        return Set(rows.flatMap { $0.compactMap(\.self) })
    }
}

import Postgres

/// A part of the work of an online step: a statement that runs outside of a transaction.
///
/// The query of the step lists what is left to be done, in order, from the state of the database alone; with nothing
/// left it has no rows. So work that was interrupted at any point is continued, and what an interrupted statement left
/// behind is removed first.
package struct OnlineTask: Sendable, Equatable {
    /// The size of a table, in bytes, of which an index is built in a second; measured on two shared cores.
    private static let bytesPerSecond = 100_000_000

    /// The purpose of the statement, such as `index on event 3 of 17 (event_20261116)`.
    package let label: String
    /// The size of the table that the statement reads, in bytes; 0 if it reads none.
    package let bytes: Int
    let statement: String

    /// A rough estimate of the time that the statement takes.
    package var estimate: Duration { .seconds((bytes + Self.bytesPerSecond - 1) / Self.bytesPerSecond) }

    /// Lists what is left to be done of a step, as the current role.
    static func remaining(of step: Migration, _ connection: isolated Connection) throws(PostgresError) -> [OnlineTask] {
        try connection.values(step.sql).compactMap { row in
            guard row.count == 3, let label = row[0], let bytes = row[1].flatMap({ Int($0) }), let statement = row[2]
            else { return nil }
            return OnlineTask(label: label, bytes: bytes, statement: statement)
        }
    }
}

import Postgres

/// A change by a function of the database, which is noted in the audit log in the same transaction.
struct Change: Sendable {
    /// The kind of the change, such as `site.rename`.
    let action: String
    /// The object of the change.
    let subject: String
    /// The call, which answers a number.
    let query: PostgresQuery

    /// - Parameters:
    ///   - action: The kind of the change.
    ///   - subject: The object of the change.
    ///   - sql: The call.
    ///   - parameters: Its arguments.
    init(_ action: String, _ subject: String, _ sql: String, _ parameters: Parameters) {
        self.action = action
        self.subject = subject
        query = PostgresQuery(sql, parameters)
    }
}

extension Connection {
    /// Makes a change.
    ///
    /// - Parameters:
    ///   - change: The change.
    ///   - author: Its maker.
    /// - Returns: The number that the database answers.
    /// - Throws: `RegistryFailure.malformed`, or the error of the database.
    func make(_ change: Change, by author: Author) throws -> Int {
        let note = Parameters(author.account, author.address, change.action, change.subject)
        let numbers = try transaction { connection in
            _ = try connection.perform(PostgresQuery("SELECT 1 FROM note_audit($1, $2, $3, $4)", note)) { _ in 0 }
            return try connection.perform(change.query) { row in try row.integer(at: 0) ?? 0 }
        }
        guard let number = numbers.first else { throw RegistryFailure.malformed }
        return number
    }
}

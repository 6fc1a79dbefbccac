/// A single SQL statement made at run time, with the values of its `$1`, `$2`, ….
///
/// It is not kept prepared. The server infers the types of the parameters: a parameter whose place does not tell its type
/// needs a cast, such as `$1::bigint`.
package struct PostgresQuery: Sendable {
    package let sql: String
    package let parameters: Parameters

    package init(_ sql: String, _ parameters: Parameters = Parameters()) {
        self.sql = sql
        self.parameters = parameters
    }

    /// Refuses what libpq would send in part, or take for a broken connection.
    func check() throws(PostgresError) {
        _ = try sql.withoutNUL()
        guard parameters.count <= Parameters.most else {
            throw PostgresError(state: .programLimitExceeded, message: "more than \(Parameters.most) parameters")
        }
    }
}

extension String {
    /// Returns the text, or throws an error of the value (22021) if it contains NUL, at which libpq would end it.
    func withoutNUL() throws(PostgresError) -> String {
        guard !utf8.contains(0) else {
            throw PostgresError(state: .characterNotInRepertoire, message: "a text with NUL")
        }
        return self
    }
}

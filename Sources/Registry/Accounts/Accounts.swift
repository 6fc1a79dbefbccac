import Analytics
import Crypto
import FoundationEssentials
package import Postgres

/// The accounts of a server: who they are, and who is let in.
package struct Accounts: Sendable {
    private let pool: Pool
    let hasher = PasswordHasher()

    /// - Parameter pool: Connections with the role of the registry.
    package init(pool: Pool) {
        self.pool = pool
    }

    /// Changes of sites and keys for somebody who waits for a page: for a server that has stopped they wait 2 s.
    package func editor(by author: Author) -> RegistryEditor {
        RegistryEditor(pool: pool, author: author, longestWait: .seconds(2))
    }

    /// True if there is no account yet.
    ///
    /// - Throws: `RegistryFailure`
    package func isEmpty() async throws -> Bool {
        try await number("SELECT has_accounts()::integer", Parameters()) == 0
    }

    /// The names of the time zones that the database knows, in alphabetical order.
    ///
    /// - Throws: `RegistryFailure`
    package func zones() async throws -> [String] {
        let sql = "SELECT name FROM pg_timezone_names WHERE name ~ '^[A-Z]' AND name !~ '^(Etc/|SystemV/)' ORDER BY 1"
        return try await asking { connection in
            try await connection.execute(PostgresQuery(sql)) { row in try row.binaryText(at: 0) ?? "" }
        }
    }

    /// Makes a change.
    ///
    /// - Parameters:
    ///   - change: The change.
    ///   - author: Its maker.
    /// - Returns: The number that the database answers.
    /// - Throws: `RegistryFailure`
    func make(_ change: Change, by author: Author) async throws -> Int {
        try await asking { try await $0.make(change, by: author) }
    }

    /// Asks for a JSON document.
    ///
    /// - Parameters:
    ///   - sql: The question, which answers one text.
    ///   - parameters: Its arguments.
    /// - Returns: The document; nil for NULL.
    /// - Throws: `RegistryFailure`
    func document<Document: Decodable & Sendable>(
        _ sql: String,
        _ parameters: Parameters = Parameters()
    ) async throws -> Document? {
        let texts = try await asking { connection in
            try await connection.execute(PostgresQuery(sql, parameters)) { row in try row.binaryText(at: 0) }
        }
        guard let text = texts.first.flatMap(\.self) else { return nil }
        do {
            return try JSONDecoder().decode(Document.self, from: Data(text.utf8))
        } catch {
            throw RegistryFailure.malformed
        }
    }

    /// Asks for a number.
    ///
    /// - Throws: `RegistryFailure`
    func number(_ sql: String, _ parameters: Parameters) async throws -> Int {
        let numbers = try await asking { connection in
            try await connection.execute(PostgresQuery(sql, parameters)) { row in try row.integer(at: 0) ?? 0 }
        }
        guard let number = numbers.first else { throw RegistryFailure.malformed }
        return number
    }

    /// Uses a connection.
    ///
    /// - Throws: `RegistryFailure`
    func asking<R: Sendable>(_ body: @Sendable (Connection) async throws -> R) async throws -> R {
        do {
            return try await pool.withConnection(body)
        } catch let error as PostgresError {
            throw RegistryFailure(error)
        } catch is Pool.Refusal {
            throw RegistryFailure.unavailable
        }
    }
}

extension RegistryFailure {
    /// The failure of a change or a question by an error of the database.
    init(_ error: PostgresError) {
        if error.state == .isRefusedChange {
            self = .refused(error.message)
        } else {
            self = error.state.isConnectionLoss ? .interrupted : .unavailable
        }
    }
}

extension SecretText {
    /// The SHA-256 of the text, by which the database knows it.
    var digest: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}

import Analytics
import Logging
import Postgres

// Changes that servers make for their clients.
extension SiteRegistry {
    /// Makes a change, and looks at the registry as it is then.
    ///
    /// - Returns: The number that the database answers.
    /// - Throws: `RegistryFailure`
    func change<S: Statement>(_ statement: S) async throws -> Int where S.Row == Int {
        let number = try await number(statement)
        do {
            try await look()
        } catch {
            // The change is made; the follower of the registry sees it once the database is back.
            logger.debug("the registry cannot be read", metadata: ["error": "\(error)"])
        }
        return number
    }

    /// Makes a change of what is not in memory.
    ///
    /// - Returns: The number that the database answers.
    /// - Throws: `RegistryFailure`
    func number<S: Statement>(_ statement: S) async throws -> Int where S.Row == Int {
        guard let number = try await rows(statement).first else { throw RegistryFailure.malformed }
        return number
    }

    /// Sends a statement.
    ///
    /// - Throws: `RegistryFailure`
    func rows<S: Statement>(_ statement: S) async throws -> [S.Row] {
        do {
            return try await pool.withConnection { try await $0.execute(statement) }
        } catch let error as PostgresError {
            throw RegistryFailure(error)
        } catch is Pool.Refusal {
            throw RegistryFailure.unavailable
        }
    }
}

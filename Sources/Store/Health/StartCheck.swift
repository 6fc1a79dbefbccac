import Analytics
import Postgres
import Schema

/// A check of a database before a server uses it: sessions, schema and login.
package enum StartCheck {
    /// Finds what keeps a server from using a database.
    ///
    /// It opens a connection, and for a moment a second one if the limit allows it.
    ///
    /// - Parameter url: A connection URI or keyword string of libpq.
    /// - Returns: The reason for which the database cannot be used as it is; nil if it can.
    /// - Throws: `QueryError.unavailable` if it cannot be reached.
    package static func obstacle(to url: String) async throws -> String? {
        let pool = Pool(url: url, size: 1)
        defer { pool.close() }
        do {
            return try await pool.withConnection { connection in
                if let obstacle = try await sessionObstacle(connection, of: pool) { return obstacle }
                if let obstacle = try await schema(of: connection).obstacle { return obstacle }
                return try await loginObstacle(connection)
            }
        } catch {
            throw DatabaseFailure(error)?.queryError ?? error
        }
    }

    /// Compares the session with a second one; nil if sessions last.
    private static func sessionObstacle(_ connection: Connection, of pool: Pool) async throws -> String? {
        let second = pool.sibling(setup: ConnectionPurpose.checking.setup, size: 1, rank: 0)
        defer { second.close() }
        do {
            return try await second.withConnection { try await SessionCheck.obstacle(connection, $0) }
        } catch Pool.Refusal.unreachable(let error) where error.state.isConnectionLimit {
            // The limit allows one connection, so sessions cannot be compared.
            return nil
        }
    }

    /// Takes a role of the server and compares the schema with the one that this program knows.
    private static func schema(of connection: Connection) async throws -> SchemaState {
        do {
            try await connection.run(ConnectionPurpose.answering.setup)
        } catch {
            guard let state = SchemaState(withoutRole: error) else { throw error }
            return state
        }
        return try await SchemaState.state(of: connection)
    }

    /// The reason that the login has more power than a server should have; nil if it has not.
    ///
    /// The schema must be the current one.
    private static func loginObstacle(_ connection: Connection) async throws -> String? {
        guard let login = try await connection.execute(LoginPower()).first else { return nil }
        guard login.isSuperuser || login.isOwner else { return nil }
        let power = login.isSuperuser ? "is a superuser" : "may take the role hourglass_owner"
        return "the login '\(login.name)' \(power), which a server should not be: make another one with "
            + "`CREATE ROLE hourglass LOGIN NOINHERIT PASSWORD '…'`, give it the server's roles with "
            + "`hourglass migrate --login hourglass`, and connect as it"
    }
}

extension SchemaState {
    /// Derives the state from the error of a session that could not take a role of the server; nil for any other error.
    init?(withoutRole error: PostgresError) {
        switch error.state {
        // The role does not exist.
        case .invalidParameterValue: self = .absent
        // The login is not a member of the role.
        case .insufficientPrivilege: self = .denied
        default: return nil
        }
    }
}

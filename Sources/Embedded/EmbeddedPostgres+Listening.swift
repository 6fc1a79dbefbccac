import Logging

extension EmbeddedPostgres {
    /// The login that other programs read by.
    package static let readLogin = "hourglass_reader"

    /// The address on which PostgreSQL takes connections of other programs, which read all sites.
    package struct Listening: Sendable, Equatable {
        /// The most connections of other programs at once.
        static let mostConnections = 5

        /// The host name or address, without quotation marks and backslashes.
        let host: String
        let port: Int
        /// The password of `readLogin`, without control characters.
        private let password: String

        /// Checks the parts of an address; nil if PostgreSQL cannot be told them.
        ///
        /// - Parameters:
        ///   - host: The host name or address.
        ///   - port: The port.
        ///   - password: The password of the login.
        package init?(host: String, port: Int, password: String) {
            let isHost = host.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"'\\,".utf8.contains($0) }
            let isPassword = password.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
            guard isHost, !host.isEmpty, isPassword, (1...65_535).contains(port) else { return nil }
            (self.host, self.port, self.password) = (host, port, password)
        }

        /// Makes the login, or changes it to this password.
        var script: String {
            let quoted = password.replacing("'", with: "''")
            // A statement with a password must not be logged.
            return """
                SET log_statement = 'none'; SET log_min_error_statement = 'panic';
                SET log_min_duration_statement = -1; SET password_encryption = 'scram-sha-256';
                SELECT 'CREATE ROLE \(readLogin)' \
                WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '\(readLogin)') \\gexec
                ALTER ROLE \(readLogin) LOGIN CONNECTION LIMIT \(Self.mostConnections) PASSWORD '\(quoted)';
                ALTER ROLE \(readLogin) SET default_transaction_read_only = on;
                ALTER ROLE \(readLogin) SET search_path = hourglass_read;
                ALTER ROLE \(readLogin) SET statement_timeout = '5min';
                ALTER ROLE \(readLogin) SET idle_in_transaction_session_timeout = '10min';
                ALTER ROLE \(readLogin) SET temp_file_limit = '1GB';
                GRANT hourglass_read TO \(readLogin);
                """
        }
    }

    /// Lets other programs in if that is asked for, and else no longer.
    ///
    /// - Throws: `Failure`
    package func admitReaders() async throws {
        let refusing = """
            SELECT 'ALTER ROLE \(Self.readLogin) NOLOGIN PASSWORD NULL' \
            WHERE EXISTS (SELECT FROM pg_roles WHERE rolname = '\(Self.readLogin)' AND rolcanlogin) \\gexec
            """
        try await binaries.psql(url(role: Self.administrator), listening?.script ?? refusing)
        guard let listening else { return }
        logger.info(
            "PostgreSQL takes connections that read",
            metadata: ["host": "\(listening.host)", "port": "\(listening.port)", "login": "\(Self.readLogin)"]
        )
    }
}

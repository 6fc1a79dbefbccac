import Embedded
import Postgres
import SystemPackage
import Testing

extension OwnCluster {
    /// Runs a standby of this cluster while `body` runs, and then removes it.
    ///
    /// Replication is synchronous from the start of `body`: each COMMIT waits until it is on the disk of the standby.
    ///
    /// - Parameter body: Called with the running standby.
    /// - Returns: The result of `body`.
    /// - Throws: The error of `body`, or the reason that there is no standby.
    package func withStandby<R>(_ body: (_ standby: OwnCluster) async throws -> R) async throws -> R {
        try await Self.with(binaries: binaries, prepare: { try await $0.copy(self) }) { standby in
            // Set after the copy, whose commits would wait for a standby.
            try await set("synchronous_standby_names", to: "*")
            try await Connection.with(url(database: "postgres")) { connection in
                try await eventually { try await connection.execute(StandbyStates()) == ["sync"] }
            }
            return try await body(standby)
        }
    }

    /// Promotes a standby to primary, and waits until it accepts writes.
    package func promote() async throws {
        try await binaries.run("pg_ctl", ["promote", "-D", data.string, "-w", "-t", "60", "-s"])
    }

    /// Creates the data directory of a standby.
    private func copy(_ primary: OwnCluster) async throws {
        // With a replication slot the primary keeps the WAL that the standby still needs.
        let options = ["--checkpoint=fast", "--no-sync", "--write-recovery-conf", "--create-slot", "--slot=standby"]
        try await binaries.run("pg_basebackup", ["-d", primary.url(database: "postgres"), "-D", data.string] + options)
        try configure(["port = \(port)"])
    }
}

/// The replication states of the connected standbys, such as `sync`.
private struct StandbyStates: Statement {
    static let sql = "SELECT sync_state FROM pg_stat_replication"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> String {
        try row.decode(String.self)
    }
}

import Embedded
import Postgres
import SystemPackage
import Testing

extension OwnCluster {
    /// Runs a standby of this cluster as long as `body` does, and removes it.
    ///
    /// Before `body` begins, each COMMIT of this cluster waits until it is on the disk of the standby.
    ///
    /// - Parameter body: Gets the standby, running.
    /// - Returns: What `body` returned.
    /// - Throws: What `body` throws, or why there is no standby.
    package func withStandby<R>(_ body: (_ standby: OwnCluster) async throws -> R) async throws -> R {
        try await Self.with(binaries: binaries, prepare: { try await $0.copy(self) }) { standby in
            // After the copy, which would wait for a standby of its own.
            try await set("synchronous_standby_names", to: "*")
            try await Connection.with(url(database: "postgres")) { connection in
                try await eventually { try await connection.execute(StandbyStates()) == ["sync"] }
            }
            return try await body(standby)
        }
    }

    /// Makes a standby the primary, and waits until it takes what is to be stored.
    package func promote() async throws {
        try await binaries.run("pg_ctl", ["promote", "-D", data.string, "-w", "-t", "60", "-s"])
    }

    /// Makes the data directory of a standby.
    private func copy(_ primary: OwnCluster) async throws {
        // A slot of its own: the primary keeps the WAL that the standby has not had yet.
        let options = ["--checkpoint=fast", "--no-sync", "--write-recovery-conf", "--create-slot", "--slot=standby"]
        try await binaries.run("pg_basebackup", ["-d", primary.url(database: "postgres"), "-D", data.string] + options)
        try configure(["port = \(port)"])
    }
}

/// The replication states of the standbys that are connected, such as `sync`.
private struct StandbyStates: Statement {
    static let sql = "SELECT sync_state FROM pg_stat_replication"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> String {
        try row.decode(String.self)
    }
}

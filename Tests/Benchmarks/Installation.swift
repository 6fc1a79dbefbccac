import Postgres
import Schema
import Store
import SystemPackage

/// The PostgreSQL that hourglass finds on this machine.
struct Installation: Sendable {
    let version: String
    /// The version of TimescaleDB; nil if it is not installed.
    let timescaleDB: String?
    /// The directory of its programs.
    let binaries: FilePath

    /// Starts a server to query its versions and paths.
    static func find(in directory: FilePath) async throws -> Installation {
        try await Hourglass.with(.postgres, in: directory) { hourglass in
            try await hourglass.withConnection { connection in
                guard let found = try await connection.execute(InstallationFacts()).first else {
                    throw PostgresDecodingError(reason: "no row")
                }
                return found
            }
        }
    }
}

private struct InstallationFacts: Statement {
    static let sql = """
        SELECT current_setting('server_version'), \
        (SELECT default_version FROM pg_available_extensions WHERE name = 'timescaledb'), \
        (SELECT setting FROM pg_config() WHERE name = 'BINDIR')
        """
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Installation {
        let (version, timescaleDB, binaries) = try row.decode((String, String?, String).self)
        let number = version.prefix { $0 != " " }
        return Installation(version: String(number), timescaleDB: timescaleDB, binaries: FilePath(binaries))
    }
}

import FoundationEssentials
import Postgres
import Schema
import Store
import SystemPackage

/// The measured server, with its embedded database.
struct Hourglass: Sendable {
    let process: ServerProcess
    let data: FilePath

    private static var program: FilePath { ServerProcess.own.removingLastComponent().appending("hourglass") }

    /// The connection string of its database's superuser.
    var databaseURL: String { url(role: "postgres") }

    private func url(role: String) -> String { "host='\(data)/socket' port=5432 user=\(role) dbname=hourglass" }

    /// Runs the `hourglass` program of the same build with a new database, which is removed afterwards.
    static func with<R: Sendable>(
        _ flavour: Flavour,
        in directory: FilePath,
        _ body: (Hourglass) async throws -> R
    ) async throws -> R {
        let data = directory.appending("data-\(UInt32.random(in: 0 ... .max))")
        defer {
            // The run removes the parent directory at the end.
            try? FileManager.default.removeItem(atPath: data.string)
        }
        return try await with(flavour, data: data, body)
    }

    /// Runs the `hourglass` program of the same build with a data directory that is kept.
    static func with<R: Sendable>(
        _ flavour: Flavour,
        data: FilePath,
        _ body: (Hourglass) async throws -> R
    ) async throws -> R {
        let arguments = ["serve", "--port", "0", "--data-dir", data.string, "--flavour", flavour.rawValue]
        return try await run(arguments, data: data, body)
    }

    /// Runs another server on the same database.
    func withAnother<R: Sendable>(_ body: (Hourglass) async throws -> R) async throws -> R {
        let arguments = ["serve", "--port", "0", "--data-dir", data.string, "--database-url", url(role: "hourglass")]
        return try await Self.run(arguments, data: data, body)
    }

    private static func run<R: Sendable>(
        _ arguments: [String],
        data: FilePath,
        _ body: (Hourglass) async throws -> R
    ) async throws -> R {
        let directory = data.removingLastComponent()
        return try await ServerProcess.with(program, arguments, directory: directory) { process in
            try await body(Hourglass(process: process, data: data))
        }
    }

    /// Lends a connection to its database.
    func withConnection<R>(_ body: (Connection) async throws -> sending R) async throws -> sending R {
        let setup = "SET statement_timeout = 0; SET work_mem = '64MB'; SET plan_cache_mode = force_custom_plan;"
        return try await Connection.with(databaseURL, setup: setup, body)
    }
}

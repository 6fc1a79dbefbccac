package import Embedded
import Foundation
import Postgres
package import SystemPackage
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// A PostgreSQL that tests may kill, stop, restart and fill, on a port of this machine.
package struct OwnCluster: Sendable {
    /// How `pg_ctl` stops it.
    package enum Stop: String, Sendable, CaseIterable {
        /// Ends the sessions and writes everything to the disk.
        case fast
        /// Ends without writing: the next start recovers, as after a crash.
        case immediate
    }

    package let port: Int
    package let binaries: PostgresBinaries
    private let directory: FilePath

    var data: FilePath { directory.appending("data") }
    private var log: FilePath { directory.appending("log") }

    /// Runs a new cluster as long as `body` does, and removes it.
    ///
    /// - Parameters:
    ///   - binaries: The programs to run; nil for the newest that is installed.
    ///   - wal: An empty directory for its log of transactions (WAL), where that is to be elsewhere.
    ///   - settings: Lines of `postgresql.conf`.
    ///   - body: Gets the cluster, running.
    /// - Returns: What `body` returned.
    /// - Throws: What `body` throws, or why there is no cluster.
    package static func with<R>(
        binaries: PostgresBinaries? = nil,
        walIn wal: FilePath? = nil,
        settings: [String] = [],
        _ body: (OwnCluster) async throws -> R
    ) async throws -> R {
        let binaries = if let binaries { binaries } else { try await PostgresBinaries.find() }
        return try await with(binaries: binaries, prepare: { try await $0.initialize(settings, wal: wal) }, body)
    }

    /// Runs a cluster whose data directory is made by `prepare`.
    static func with<R>(
        binaries: PostgresBinaries,
        prepare: (OwnCluster) async throws -> Void,
        _ body: (OwnCluster) async throws -> R
    ) async throws -> R {
        let directory = FilePath("/tmp/hourglass-own-\(UUID().uuidString.prefix(8))")
        try await binaries.makeDirectory(directory)
        let cluster = OwnCluster(port: try await freePort(), binaries: binaries, directory: directory)
        do {
            try await prepare(cluster)
            try await cluster.start()
            let result = try await body(cluster)
            await cluster.remove()
            return result
        } catch {
            await cluster.remove()
            throw error
        }
    }

    /// Where a role connects to, directly or through a proxy.
    package func url(
        database: String,
        role: String = "postgres",
        host: String = "127.0.0.1",
        port: Int? = nil
    ) -> String {
        // The proxy reads what goes by.
        "host=\(host) port=\(port ?? self.port) user=\(role) dbname=\(database) sslmode=disable gssencmode=disable"
    }

    /// Runs a script as the superuser, on a server that may be read-only.
    package func run(_ script: String, in database: String = "postgres") async throws {
        try await Connection.with("\(url(database: database)) target_session_attrs=any") { try await $0.run(script) }
    }

    /// Starts it, and waits until it takes connections.
    package func start() async throws {
        try await binaries.run("pg_ctl", ["start", "-D", data.string, "-l", log.string, "-w", "-t", "60", "-s"])
    }

    /// Stops it, and waits until it has stopped.
    package func stop(_ how: Stop = .fast) async throws {
        try await binaries.run("pg_ctl", ["stop", "-D", data.string, "-m", how.rawValue, "-w", "-t", "60", "-s"])
    }

    package func restart(_ how: Stop) async throws {
        let arguments = ["-m", how.rawValue, "-l", log.string, "-w", "-t", "60", "-s"]
        try await binaries.run("pg_ctl", ["restart", "-D", data.string] + arguments)
    }

    /// Kills all of its processes, and waits until they are gone.
    package func kill() async throws {
        let processes = try await halt()
        for process in processes { Self.send(SIGKILL, to: process) }
        try await eventually { processes.allSatisfy { !Self.lives($0) } }
        // Nobody may have waited for it yet, and the next one would take it for one that runs.
        try FileManager.default.removeItem(atPath: data.appending("postmaster.pid").string)
    }

    /// Lets all of its processes stand still as long as `body` runs: connections stay, and nothing is answered.
    package func whileHalted(_ body: () async throws -> Void) async throws {
        let processes = try await halt()
        defer { for process in processes { Self.send(SIGCONT, to: process) } }
        for process in processes { Self.send(SIGSTOP, to: process) }
        try await body()
    }

    /// Lets the postmaster stand still; returns it and all of its children.
    private func halt() async throws -> [Int32] {
        guard let postmaster = processID else { return [] }
        // It must not start another child meanwhile, and the list of them is right only while it stands still.
        Self.send(SIGSTOP, to: postmaster)
        try await eventually { Self.state(of: postmaster) == "T" }
        return [postmaster] + Self.children(of: postmaster)
    }

    package var isRunning: Bool { processID.map(Self.lives) ?? false }

    /// The first line of `postmaster.pid`, if there is such a file.
    private var processID: Int32? {
        // No such file: it does not run.
        guard let text = try? String(contentsOfFile: data.appending("postmaster.pid").string, encoding: .utf8) else {
            return nil
        }
        return text.split(separator: "\n").first.flatMap { Int32($0) }
    }

    private static func send(_ signal: Int32, to process: Int32) {
        // A process that is gone already needs none.
        _ = Glibc.kill(process, signal)
    }

    private static func children(of process: Int32) -> [Int32] {
        let path = "/proc/\(process)/task/\(process)/children"
        // Gone already: then it has none.
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return text.split(separator: " ").compactMap { Int32($0) }
    }

    /// Whether a process holds anything: a zombie, for which nobody has waited, does not.
    private static func lives(_ process: Int32) -> Bool {
        ![nil, "Z"].contains(state(of: process))
    }

    /// The letter that `ps` shows; nil when it is gone.
    private static func state(of process: Int32) -> Character? {
        // It goes away while it is looked at.
        let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        return text?.split(separator: ") ").last?.first
    }

    private func initialize(_ settings: [String], wal: FilePath?) async throws {
        try await binaries.run(
            "initdb",
            [
                "-D", data.string, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync",
                "--no-instructions", "--wal-segsize=1",
            ] + (wal.map { ["--waldir=\($0)"] } ?? [])
        )
        var lines = ["listen_addresses = '127.0.0.1'", "port = \(port)", "unix_socket_directories = ''"]
        if binaries.hasTimescaleDB {
            lines += ["shared_preload_libraries = 'timescaledb'", "timescaledb.max_background_workers = 0"]
            lines += ["timescaledb.telemetry_level = off"]
        }
        try configure(lines + settings)
    }

    /// Adds lines to `postgresql.conf`, of which the last ones count.
    func configure(_ lines: [String]) throws {
        let path = data.appending("postgresql.conf").string
        let file = try FileDescriptor.open(FilePath(path), .writeOnly, options: .append)
        try file.closeAfter { _ = try file.writeAll("\n\(lines.joined(separator: "\n"))\n".utf8) }
    }

    private func remove() async {
        // It may be stopped or broken, as the test has left it; what counts is that nothing of it stays.
        if isRunning { try? await stop(.immediate) }
        try? FileManager.default.removeItem(atPath: directory.string)
    }
}

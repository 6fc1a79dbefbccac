package import Embedded
import Foundation
import Postgres
package import SystemPackage
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// A separate PostgreSQL that tests may kill, stop, restart and fill, on a port of this machine.
package struct OwnCluster: Sendable {
    /// The mode of `pg_ctl stop`.
    package enum Stop: String, Sendable, CaseIterable {
        /// Ends the sessions and writes all data to the disk.
        case fast
        /// Ends without writing data: the next start recovers, as after a crash.
        case immediate
    }

    package let port: Int
    package let binaries: PostgresBinaries
    private let directory: FilePath

    var data: FilePath { directory.appending("data") }
    private var log: FilePath { directory.appending("log") }

    /// Runs a new cluster while `body` runs, and then removes it.
    ///
    /// - Parameters:
    ///   - binaries: The programs to run; nil for the newest installed version.
    ///   - wal: An empty directory for the WAL; nil for the data directory.
    ///   - settings: Lines of `postgresql.conf`.
    ///   - body: Called with the running cluster.
    /// - Returns: The result of `body`.
    /// - Throws: The error of `body`, or the reason that there is no cluster.
    package static func with<R>(
        binaries: PostgresBinaries? = nil,
        walIn wal: FilePath? = nil,
        settings: [String] = [],
        _ body: (OwnCluster) async throws -> R
    ) async throws -> R {
        let binaries = if let binaries { binaries } else { try await PostgresBinaries.find() }
        return try await with(binaries: binaries, prepare: { try await $0.initialize(settings, wal: wal) }, body)
    }

    /// Runs a cluster whose data directory is created by `prepare`.
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

    /// The connection string of a role, directly or through a proxy.
    package func url(
        database: String,
        role: String = "postgres",
        host: String = "127.0.0.1",
        port: Int? = nil
    ) -> String {
        // Without encryption, because the proxy reads the messages.
        "host=\(host) port=\(port ?? self.port) user=\(role) dbname=\(database) sslmode=disable gssencmode=disable"
    }

    /// Runs a script as the superuser; works on a read-only server too.
    package func run(_ script: String, in database: String = "postgres") async throws {
        try await Connection.with("\(url(database: database)) target_session_attrs=any") { try await $0.run(script) }
    }

    /// Starts it, and waits until it accepts connections.
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

    /// Kills all of its processes, and waits until they have ended.
    package func kill() async throws {
        let processes = try await halt()
        for process in processes { Self.send(SIGKILL, to: process) }
        try await eventually { processes.allSatisfy { !Self.lives($0) } }
        // The process may still be a zombie, which the next start would take for a running one.
        try FileManager.default.removeItem(atPath: data.appending("postmaster.pid").string)
    }

    /// Halts all of its processes while `body` runs: connections stay open without answers.
    package func whileHalted(_ body: () async throws -> Void) async throws {
        let processes = try await halt()
        defer { for process in processes { Self.send(SIGCONT, to: process) } }
        for process in processes { Self.send(SIGSTOP, to: process) }
        try await body()
    }

    /// Halts all processes; returns the ids of the postmaster and its children.
    private func halt() async throws -> [Int32] {
        guard let postmaster = processID else { return [] }
        // First the postmaster, which must not start another child while the children are listed.
        Self.send(SIGSTOP, to: postmaster)
        try await eventually { Self.state(of: postmaster) == "T" }
        return [postmaster] + Self.children(of: postmaster)
    }

    package var isRunning: Bool { processID.map(Self.lives) ?? false }

    /// The process id in the first line of `postmaster.pid`; nil without that file.
    private var processID: Int32? {
        // No such file: it does not run.
        guard let text = try? String(contentsOfFile: data.appending("postmaster.pid").string, encoding: .utf8) else {
            return nil
        }
        return text.split(separator: "\n").first.flatMap { Int32($0) }
    }

    private static func send(_ signal: Int32, to process: Int32) {
        // A process that has ended needs no signal.
        _ = Glibc.kill(process, signal)
    }

    private static func children(of process: Int32) -> [Int32] {
        let path = "/proc/\(process)/task/\(process)/children"
        // A process that has ended has no children.
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return text.split(separator: " ").compactMap { Int32($0) }
    }

    /// True if a process holds resources, which a zombie does not.
    private static func lives(_ process: Int32) -> Bool {
        ![nil, "Z"].contains(state(of: process))
    }

    /// The state letter of a process, as shown by `ps`; nil if it has ended.
    private static func state(of process: Int32) -> Character? {
        // The process may end while its file is read.
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

    /// Appends lines to `postgresql.conf`, where later ones override earlier ones.
    func configure(_ lines: [String]) throws {
        let path = data.appending("postgresql.conf").string
        let file = try FileDescriptor.open(FilePath(path), .writeOnly, options: .append)
        try file.closeAfter { _ = try file.writeAll("\n\(lines.joined(separator: "\n"))\n".utf8) }
    }

    private func remove() async {
        // The test may have stopped or broken the cluster; only its removal matters.
        if isRunning { try? await stop(.immediate) }
        try? FileManager.default.removeItem(atPath: directory.string)
    }
}

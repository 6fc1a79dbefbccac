import FoundationEssentials
import Subprocess
package import SystemPackage

#if canImport(Glibc)
    import Glibc
#endif

/// PostgreSQL's programs, and the operating system user to run them as.
package struct PostgresBinaries: Sendable {
    /// The oldest supported major version.
    private static let oldestVersion = 15

    let directory: FilePath
    /// The version reported by `postgres --version`, such as 15.20.
    let version: String
    package let major: Int
    package let hasTimescaleDB: Bool
    /// The name of the user that this process runs as.
    let ownName: String
    /// The user to run PostgreSQL as; nil unless this process runs as root.
    private let account: (user: uid_t, group: gid_t)?

    /// Searches the directories of the Debian packages, newest version first, and then the path.
    package static func find() async throws -> PostgresBinaries {
        for directory in try await candidates() {
            if let found = try await find(in: directory) { return found }
        }
        throw EmbeddedPostgres.Failure.noBinaries
    }

    /// The programs in a directory; nil if there are none, or they are too old.
    package static func find(in directory: String) async throws -> PostgresBinaries? {
        // No such program there, or it does not run.
        let text = try? await output("\(directory)/postgres", ["--version"])
        guard let version = text?.split(separator: " ").dropFirst(2).first,
            let major = version.split(separator: ".").first.flatMap({ Int($0) }), major >= oldestVersion
        else { return nil }
        let share = try await output("\(directory)/pg_config", ["--sharedir"])
        return PostgresBinaries(
            directory: FilePath(directory),
            version: String(version),
            major: major,
            hasTimescaleDB: FileManager.default.fileExists(atPath: "\(share)/extension/timescaledb.control"),
            ownName: try await output("id", ["-un"]),
            account: try await account()
        )
    }

    private static func candidates() async throws -> [String] {
        let base = "/usr/lib/postgresql"
        // Without this directory only the path is searched.
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: base)) ?? []
        let packaged = versions.compactMap { Int($0) }.sorted(by: >).map { "\(base)/\($0)/bin" }
        let inPath = try? await output("pg_config", ["--bindir"])
        return packaged + [inPath].compactMap(\.self)
    }

    private static func account() async throws -> (user: uid_t, group: gid_t)? {
        guard geteuid() == 0 else { return nil }
        guard let user = UInt32((try? await output("id", ["-u", "postgres"])) ?? ""),
            let group = UInt32((try? await output("id", ["-g", "postgres"])) ?? "")
        else { throw EmbeddedPostgres.Failure.noAccount }
        return (user, group)
    }

    private static func output(_ program: String, _ arguments: [String]) async throws -> String {
        let executable: Executable = program.contains("/") ? .path(FilePath(program)) : .name(program)
        let result = try await Subprocess.run(
            executable,
            arguments: Arguments(arguments),
            environment: environment,
            output: .string(limit: 4096),
            error: .discarded
        )
        try check(program, result.terminationStatus, output: "")
        return result.standardOutput.filter { $0 != "\n" }
    }

    /// The environment of this process without PostgreSQL's variables, which are meant for other databases.
    ///
    /// `PGPORT` would change the name of the socket, `PGHOSTADDR` and `PGSERVICE` the server that `psql` connects to,
    /// `PGOPTIONS` the settings of its sessions.
    private static var environment: Environment {
        let names = ProcessInfo.processInfo.environment.keys.filter { $0.hasPrefix("PG") }
        let removals = names.compactMap(Environment.Key.init(rawValue:)).map { ($0, nil as String?) }
        return .inherit.updating(Dictionary(removals) { first, _ in first })
    }

    private static func check(_ program: String, _ status: TerminationStatus, output: String) throws {
        guard status.isSuccess else { throw EmbeddedPostgres.Failure.command(program, output: output) }
    }

    /// Runs one of the programs as the user of PostgreSQL.
    ///
    /// `setpriv` changes the user; changing it in the forked child could block for ever in glibc on a thread that was
    /// being created at the fork.
    package func run(_ program: String, _ arguments: [String]) async throws {
        var command = [directory.appending(program).string] + arguments
        if let account {
            command = ["setpriv", "--reuid=\(account.user)", "--regid=\(account.group)", "--clear-groups"] + command
        }
        var options = PlatformOptions()
        // On SIGINT `pg_ctl start` stops the PostgreSQL that it is starting, and `initdb` its child processes.
        options.teardownSequence = [.send(signal: .interrupt, allowedDurationToNextStep: .seconds(30))]
        // A separate session, so that Ctrl-C reaches only the server, which then stops PostgreSQL cleanly.
        options.createSession = true
        let result = try await Subprocess.run(
            .name("env"),
            arguments: Arguments(command),
            environment: Self.environment,
            workingDirectory: "/",
            platformOptions: options,
            output: .string(limit: 64 * 1024),
            error: .combinedWithOutput
        )
        try Self.check(program, result.terminationStatus, output: result.standardOutput)
    }

    /// Runs a script in `psql` as the user of this process.
    ///
    /// - Parameters:
    ///   - url: A connection string.
    ///   - script: The script, of less than 64 KiB.
    /// - Throws: `EmbeddedPostgres.Failure.command`, and the error of a program that cannot be run.
    func psql(_ url: String, _ script: String) async throws {
        // swift-subprocess 1.0.2 ends this process when a task is cancelled that writes to a child. What fits into a pipe
        // can be written before there is a child.
        let pipe = try FileDescriptor.pipe()
        // Nothing is lost with the end that only reads.
        defer { try? pipe.readEnd.close() }
        try pipe.writeEnd.closeAfter { _ = try pipe.writeEnd.writeAll(script.utf8) }
        let result = try await Subprocess.run(
            .path(directory.appending("psql")),
            arguments: ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", "\(url)"],
            environment: Self.environment,
            input: .fileDescriptor(pipe.readEnd, closeAfterSpawningProcess: false),
            output: .string(limit: 64 * 1024),
            error: .combinedWithOutput
        )
        try Self.check("psql", result.terminationStatus, output: result.standardOutput)
    }

    /// Creates a directory that only the user of PostgreSQL and root may enter; an existing one is left unchanged.
    package func makeDirectory(_ directory: FilePath) async throws {
        try await install(["-d", "-m", "0700"], as: directory)
    }

    /// Creates an empty file for the user of PostgreSQL only; an existing one is left unchanged.
    func makeFile(_ file: FilePath) async throws {
        try await install(["-m", "0600", "/dev/null"], as: file)
    }

    private func install(_ arguments: [String], as path: FilePath) async throws {
        guard !FileManager.default.fileExists(atPath: path.string) else { return }
        var arguments = arguments
        if let account { arguments += ["-o", "\(account.user)", "-g", "\(account.group)"] }
        let result = try await Subprocess.run(
            .name("install"),
            arguments: Arguments(arguments + [path.string]),
            output: .string(limit: 4096),
            error: .combinedWithOutput
        )
        try Self.check("install", result.terminationStatus, output: result.standardOutput)
    }
}

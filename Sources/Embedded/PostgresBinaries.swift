import FoundationEssentials
import Subprocess
package import SystemPackage

#if canImport(Glibc)
    import Glibc
#endif

/// PostgreSQL's programs, and the user that they run as.
package struct PostgresBinaries: Sendable {
    /// The oldest major version that the migrations are written for.
    private static let oldestVersion = 15

    let directory: FilePath
    /// What `postgres --version` says, such as 15.20.
    let version: String
    package let major: Int
    package let hasTimescaleDB: Bool
    /// The name of the user that this process runs as.
    let ownName: String
    /// Whom to become, when that is root.
    private let account: (user: uid_t, group: gid_t)?

    /// Looks where the Debian packages put PostgreSQL, newest first, and then in the path.
    package static func find() async throws -> PostgresBinaries {
        for directory in try await candidates() {
            if let found = try await find(in: directory) { return found }
        }
        throw EmbeddedPostgres.Failure.noBinaries
    }

    /// The programs of one directory; nil when it has none that are new enough.
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
        // No such folder: then there is only the path.
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

    /// The environment of this process without PostgreSQL's variables.
    ///
    /// They are meant for other databases: `PGPORT` would move the socket, `PGHOSTADDR` and `PGSERVICE` lead `psql`
    /// elsewhere, `PGOPTIONS` change what its sessions may do.
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
    /// `setpriv` changes the user and not the fork of this process: there, glibc may wait for ever for a thread that
    /// was being created at that moment.
    package func run(_ program: String, _ arguments: [String]) async throws {
        var command = [directory.appending(program).string] + arguments
        if let account {
            command = ["setpriv", "--reuid=\(account.user)", "--regid=\(account.group)", "--clear-groups"] + command
        }
        var options = PlatformOptions()
        // Interrupted, `pg_ctl start` ends the PostgreSQL that it has begun to start, and `initdb` what it has run.
        options.teardownSequence = [.send(signal: .interrupt, allowedDurationToNextStep: .seconds(30))]
        // A session of its own: Ctrl-C in the terminal is for the server, which then stops PostgreSQL in order.
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
    func psql(_ url: String, _ script: String) async throws {
        let result = try await Subprocess.run(
            .path(directory.appending("psql")),
            arguments: ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", "\(url)"],
            environment: Self.environment,
            input: .string(script),
            output: .string(limit: 64 * 1024),
            error: .combinedWithOutput
        )
        try Self.check("psql", result.terminationStatus, output: result.standardOutput)
    }

    /// Makes a directory that only the user of PostgreSQL, and root, may enter; one that is there stays as it is.
    package func makeDirectory(_ directory: FilePath) async throws {
        try await install(["-d", "-m", "0700"], as: directory)
    }

    /// Makes an empty file for the user of PostgreSQL alone; one that is there stays as it is.
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

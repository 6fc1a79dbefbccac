import Foundation
import Logging
import Postgres
import Subprocess
import Support
import SystemPackage
import Testing

@testable import Embedded

#if canImport(Glibc)
    import Glibc
#endif

/// The remains of a crash, or of a start that failed, in the data directory.
@Suite(.needsPostgres, .serialized)
struct LeftoverTests {
    /// In a container ids begin anew: then the id in the lock files is that of another process of the same user.
    @Test(arguments: ["postmaster.pid", ".s.PGSQL.5432.lock"])
    func anotherProgramMayBearTheProcessID(name: String) async throws {
        try await withDataDirectory { directory in
            try await withProcessOfPostgres { id in
                let lock = try await leftover(name, of: directory, naming: id)
                #expect(LockFile(lock).owner(of: directory.appending("postgres")) == .another)
                let second = try await EmbeddedPostgres.open(directory, logger: quiet)
                try await Connection.with(second.url(role: EmbeddedPostgres.administrator)) {
                    try await $0.run("SELECT")
                }
                try await second.stop()
                #expect(kill(id, 0) == 0, "the other program still runs")
            }
        }
    }

    @Test func anotherPostgreSQLMayBearTheProcessID() async throws {
        try await withDataDirectory { directory in
            try await withDataDirectory { other in
                let foreign = try await EmbeddedPostgres.open(other, logger: quiet)
                let id = try #require(processID(in: other.appending("postgres/postmaster.pid")))
                _ = try await leftover("postmaster.pid", of: directory, naming: id)
                let second = try await EmbeddedPostgres.open(directory, logger: quiet)
                #expect(second.isRunning)
                try await second.stop()
                #expect(foreign.isRunning)
                try await foreign.stop()
            }
        }
    }

    /// Its children may still write when the first process of PostgreSQL is gone; by what stays of the file it sees them.
    @Test func onlyTheProcessIDIsReplaced() async throws {
        try await withDataDirectory { directory in
            try await withProcessOfPostgres { id in
                let lock = try await leftover("postmaster.pid", of: directory, naming: id)
                let before = try String(contentsOfFile: lock.string, encoding: .utf8)
                try LockFile(lock).release(unlessBy: directory.appending("postgres"))
                let after = try String(contentsOfFile: lock.string, encoding: .utf8)
                #expect(after == "\(Int32.max)" + before.drop { $0 != "\n" })
                #expect(LockFile(lock).owner(of: directory.appending("postgres")) == .nobody)
            }
        }
    }

    @Test func itsOwnProcessIsLeftAlone() async throws {
        try await withDataDirectory { directory in
            let postgres = try await EmbeddedPostgres.open(directory, logger: quiet)
            let lock = postgres.data.appending("postmaster.pid")
            let before = try Data(contentsOf: URL(filePath: lock.string))
            #expect(LockFile(lock).owner(of: postgres.data) == .postgres)
            try LockFile(lock).release(unlessBy: postgres.data)
            #expect(try Data(contentsOf: URL(filePath: lock.string)) == before)
            try await postgres.stop()
        }
    }

    /// Before its logging collector runs PostgreSQL writes to one log, afterwards to another.
    @Test(arguments: [
        ("hourglass.conf", "\nno_such_setting = on\n", "postgres.log", "no_such_setting"),
        ("backup_label", "nonsense", "postgres/log/postgresql-", "backup_label"),
    ])
    func whatDoesNotStartShowsItsLog(file: String, content: String, log: String, text: String) async throws {
        try await withDataDirectory { directory in
            do {
                let postgres = try await EmbeddedPostgres.open(directory, logger: quiet)
                try await postgres.stop()
            }
            let postgres = try await EmbeddedPostgres(directory, logger: quiet)
            let broken = try FileDescriptor.open(
                postgres.data.appending(file),
                .writeOnly,
                options: [.append, .create],
                permissions: .ownerReadWrite
            )
            _ = try broken.closeAfter { try broken.writeAll(content.utf8) }
            let error = try await #require(throws: EmbeddedPostgres.Failure.self) { try await postgres.start() }
            #expect(error.description.contains("the end of \(directory)/\(log)"), "\(error)")
            #expect(error.description.contains(text), "\(error)")
        }
    }

    @Test func otherSettingsTakeEffectWhereItIsTakenOver() async throws {
        try await withDataDirectory { directory in
            do { _ = try await EmbeddedPostgres.open(directory, logger: quiet) }
            let postgres = try await EmbeddedPostgres.open(directory, connections: 60, logger: quiet)
            let limit = try await Connection.with(postgres.url(role: EmbeddedPostgres.administrator)) { connection in
                try await connection.execute(MaximumConnections())
            }
            #expect(limit == ["60"])
            try await postgres.stop()
        }
    }

    /// A server that was killed while it stopped leaves a PostgreSQL that is about to end.
    @Test func oneThatIsStoppingIsWaitedFor() async throws {
        try await withDataDirectory { directory in
            let first = try await EmbeddedPostgres.open(directory, logger: quiet)
            let lock = first.data.appending("postmaster.pid")
            let id = try #require(processID(in: lock))
            try await Connection.with(first.url(role: EmbeddedPostgres.administrator)) { connection in
                try await connection.run("SELECT")
                // A smart shutdown: it lets this connection end.
                kill(id, SIGTERM)
                try await eventually { LockFile(lock).isChanging }
            }
            try await first.start()
            #expect(first.isRunning)
            #expect(processID(in: lock) != id)
            try await first.stop()
        }
    }

    /// A lock file as a crash leaves it, with another process id in it.
    private func leftover(_ name: String, of directory: FilePath, naming id: Int32) async throws -> FilePath {
        let postgres = try await EmbeddedPostgres.open(directory, logger: quiet)
        let lock = (name == "postmaster.pid" ? postgres.data : postgres.socket).appending(name)
        let contents = try String(contentsOfFile: lock.string, encoding: .utf8)
        try await postgres.stop()
        try "\(id)\(contents.drop { $0 != "\n" })".write(toFile: lock.string, atomically: false, encoding: .utf8)
        // As PostgreSQL makes it: nobody else may read it.
        let owner = try FileManager.default.attributesOfItem(atPath: postgres.data.string)[.ownerAccountID] ?? 0
        try FileManager.default.setAttributes(
            [.ownerAccountID: owner, .posixPermissions: 0o600],
            ofItemAtPath: lock.string
        )
        return lock
    }

    /// Lends the id of a process that does nothing, as the user of PostgreSQL.
    private func withProcessOfPostgres(_ body: (Int32) async throws -> Void) async throws {
        let user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        _ = try await Subprocess.run(
            .name("env"),
            arguments: Arguments((geteuid() == 0 ? user : []) + ["sleep", "600"]),
            input: .none,
            output: .discarded,
            error: .discarded
        ) { execution in
            let id = execution.processIdentifier.value
            defer { kill(id, SIGKILL) }
            // Until then it is this process, as root.
            try await eventually {
                try String(contentsOfFile: "/proc/\(id)/comm", encoding: .utf8) == "sleep\n"
            }
            try await body(id)
        }
    }

    private func processID(in lock: FilePath) -> Int32? {
        // No such file: nothing runs.
        guard let text = try? String(contentsOfFile: lock.string, encoding: .utf8) else { return nil }
        return text.split(separator: "\n").first.flatMap { Int32($0) }
    }

    private func withDataDirectory(_ body: (FilePath) async throws -> Void) async throws {
        let path = "/tmp/hourglass-\(UUID().uuidString.prefix(8))"
        // Left behind it would do no harm.
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await body(FilePath(path))
    }

    private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

private struct MaximumConnections: Statement {
    static let sql = "SELECT current_setting('max_connections')"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> String {
        try row.decode(String.self)
    }
}

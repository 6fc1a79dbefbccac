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

/// Files of a crash, or of a failed start, in the data directory.
@Suite(.needsPostgres, .serialized)
struct LeftoverTests {
    /// In a restarted container the id in a lock file may belong to another process of the same user.
    @Test(arguments: ["postmaster.pid", ".s.PGSQL.5432.lock"])
    func anotherProgramMayHaveTheProcessID(name: String) async throws {
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

    @Test func anotherPostgreSQLMayHaveTheProcessID() async throws {
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

    /// Children may still write after the first process of PostgreSQL has ended; the rest of the file identifies them.
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

    @Test func theLockOfItsOwnProcessIsKept() async throws {
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

    /// PostgreSQL writes to one log until its logging collector runs, then to another.
    @Test(arguments: [
        ("hourglass.conf", "\nno_such_setting = on\n", "postgres.log", "no_such_setting"),
        ("backup_label", "nonsense", "postgres/log/postgresql-", "backup_label"),
    ])
    func aFailedStartShowsTheLog(file: String, content: String, log: String, text: String) async throws {
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

    @Test func newSettingsTakeEffectAfterATakeover() async throws {
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

    /// A server that is killed during its shutdown leaves a PostgreSQL that is stopping.
    @Test func aStoppingPostgreSQLIsWaitedFor() async throws {
        try await withDataDirectory { directory in
            let first = try await EmbeddedPostgres.open(directory, logger: quiet)
            let lock = first.data.appending("postmaster.pid")
            let id = try #require(processID(in: lock))
            try await Connection.with(first.url(role: EmbeddedPostgres.administrator)) { connection in
                try await connection.run("SELECT")
                // A smart shutdown: PostgreSQL waits for this connection to end.
                kill(id, SIGTERM)
                try await eventually { LockFile(lock).isChanging }
            }
            try await first.start()
            #expect(first.isRunning)
            #expect(processID(in: lock) != id)
            try await first.stop()
        }
    }

    /// A lock file as a crash leaves it, with another process id.
    private func leftover(_ name: String, of directory: FilePath, naming id: Int32) async throws -> FilePath {
        let postgres = try await EmbeddedPostgres.open(directory, logger: quiet)
        let lock = (name == "postmaster.pid" ? postgres.data : postgres.socket).appending(name)
        let contents = try String(contentsOfFile: lock.string, encoding: .utf8)
        try await postgres.stop()
        try "\(id)\(contents.drop { $0 != "\n" })".write(toFile: lock.string, atomically: false, encoding: .utf8)
        // With PostgreSQL's permissions: readable for its owner only.
        let owner = try FileManager.default.attributesOfItem(atPath: postgres.data.string)[.ownerAccountID] ?? 0
        try FileManager.default.setAttributes(
            [.ownerAccountID: owner, .posixPermissions: 0o600],
            ofItemAtPath: lock.string
        )
        return lock
    }

    /// Lends the id of an idle process of the user of PostgreSQL.
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
            // Until then it still runs as root, as this process does.
            try await eventually {
                try String(contentsOfFile: "/proc/\(id)/comm", encoding: .utf8) == "sleep\n"
            }
            try await body(id)
        }
    }

    private func processID(in lock: FilePath) -> Int32? {
        // No such file: PostgreSQL does not run.
        guard let text = try? String(contentsOfFile: lock.string, encoding: .utf8) else { return nil }
        return text.split(separator: "\n").first.flatMap { Int32($0) }
    }

    private func withDataDirectory(_ body: (FilePath) async throws -> Void) async throws {
        let path = "/tmp/hourglass-\(UUID().uuidString.prefix(8))"
        // A leftover in the temporary directory does no harm.
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

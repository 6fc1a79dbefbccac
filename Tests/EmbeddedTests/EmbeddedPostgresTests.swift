import Foundation
import Logging
import NIOHTTP1
import Postgres
import Support
import SystemPackage
import Testing

@testable import Embedded

#if canImport(Glibc)
    import Glibc
#endif

/// The embedded database.
///
/// Each test has a data directory of its own.
@Suite(.needsPostgres, .serialized)
struct EmbeddedPostgresTests {
    @Test func keepsItsDataFromOneStartToTheNext() async throws {
        try await withDataDirectory { directory in
            for start in 1...2 {
                let postgres = try await EmbeddedPostgres.open(directory, logger: quiet)
                try await Connection.with(postgres.url(role: EmbeddedPostgres.administrator)) { connection in
                    try await connection.run("CREATE TABLE IF NOT EXISTS kept (start integer)")
                    try await connection.run("INSERT INTO kept VALUES (\(start))")
                    #expect(try await connection.execute(Kept()) == [start])
                }
                try await postgres.stop()
                #expect(!postgres.isRunning)
            }
        }
    }

    /// In a restarted container process ids start from 1 again.
    @Test func theProcessIDOfALeftoverMayBelongToAnother() async throws {
        try await withDataDirectory { directory in
            let leftover: String
            do {
                let first = try await EmbeddedPostgres.open(directory, logger: quiet)
                leftover = first.data.appending("postmaster.pid").string
                let contents = try String(contentsOfFile: leftover, encoding: .utf8)
                try await first.stop()
                let another = "1" + contents.drop { $0 != "\n" }
                try another.write(toFile: leftover, atomically: false, encoding: .utf8)
            }
            let second = try await EmbeddedPostgres.open(directory, logger: quiet)
            try await Connection.with(second.url(role: EmbeddedPostgres.administrator)) { try await $0.run("SELECT") }
            try await second.stop()
        }
    }

    @Test func thePathMayHaveAnyNotation() async throws {
        try await withDataDirectory { directory in
            let name = try #require(directory.lastComponent)
            for path in ["/tmp/.//\(name)/", "/tmp/../tmp/\(name)/."] {
                let postgres = try await EmbeddedPostgres.open(FilePath(path), logger: quiet)
                #expect(postgres.isRunning)
                try await postgres.stop()
                #expect(!postgres.isRunning)
            }
        }
    }

    @Test func isReachableThroughTheSocketOnly() async throws {
        try await withDataDirectory { directory in
            let postgres = try await EmbeddedPostgres.open(directory, logger: quiet)
            let addresses = try await Connection.with(postgres.url(role: EmbeddedPostgres.administrator)) {
                connection in
                try await connection.execute(ListenAddresses())
            }
            #expect(addresses == [""])
            // Another user of the operating system cannot log in.
            await #expect(throws: PostgresError.self) {
                try await Connection.with(postgres.url(role: "somebody")) { try await $0.run("SELECT") }
            }
            let mode = try FileManager.default.attributesOfItem(atPath: postgres.socket.string)[.posixPermissions]
            #expect((mode as? NSNumber)?.intValue == 0o700)
            try await postgres.stop()
        }
    }

    @Test func aSecondServerIsRefused() async throws {
        try await withDataDirectory { directory in
            let postgres = try await EmbeddedPostgres.open(directory, logger: quiet)
            let error = await #expect(throws: EmbeddedPostgres.Failure.self) {
                _ = try await EmbeddedPostgres.open(directory, logger: quiet)
            }
            #expect(error?.description.contains("another hourglass uses the data directory") == true)
            try await postgres.stop()
        }
    }

    /// PostgreSQL is killed under a running server: it is restarted, recovers, and the server answers again.
    @Test(arguments: [[], Self.asParentOfOrphans])
    func aKilledDatabaseIsRestarted(prefix: [String]) async throws {
        try await withDataDirectory { directory in
            var launch = HourglassProcess.Launch(["--data-dir", directory.string])
            launch.prefix = prefix
            let ended = try await HourglassProcess.with(launch) { server in
                try await post(server, expecting: [204])
                let before = try #require(EmbeddedPostgres.processID(in: directory))
                kill(before, SIGKILL)
                // Until then events are spooled.
                let stored = Counting()
                try await eventually {
                    try await post(server, expecting: [204])
                    stored.next()
                    return EmbeddedPostgres.processID(in: directory) != before
                }
                try await HTTPConversation.with(port: server.port) { conversation in
                    let question = "/analytics?timestamp=1223567997"
                    try await eventually { try await conversation.ask(.GET, question).status == 200 }
                    let report = try await conversation.ask(.GET, question)
                    #expect(report.body == "unique_users,1\nclicks,\(1 + stored.value)\nimpressions,0\n")
                }
                try await eventually { try server.endedChildren == 0 }
            }
            #expect(ended.status == .exited(0))
            #expect(EmbeddedPostgres.processID(in: directory) == nil)
        }
    }

    /// The server is killed: PostgreSQL keeps running, and the next server takes it over.
    @Test(arguments: [[], Self.asInAContainer])
    func aKilledServerLeavesADatabaseThatIsTakenOver(prefix: [String]) async throws {
        try await withDataDirectory { directory in
            let killed = try await HourglassProcess.with(["--data-dir", directory.string]) { server in
                try await post(server, expecting: [204])
                server.send(SIGKILL)
            }
            #expect(killed.status == .killed(by: SIGKILL))
            let left = EmbeddedPostgres.processID(in: directory)
            #expect(left != nil)
            var launch = HourglassProcess.Launch(["--data-dir", directory.string])
            launch.prefix = prefix
            let ended = try await HourglassProcess.with(launch) { server in
                #expect(EmbeddedPostgres.processID(in: directory) == left)
                try await post(server, expecting: [204])
                let report = try await HTTPConversation.with(port: server.port) {
                    try await $0.ask(.GET, "/analytics?timestamp=1223567997")
                }
                #expect(report.body == "unique_users,1\nclicks,2\nimpressions,0\n")
            }
            #expect(ended.status == .exited(0))
            #expect(EmbeddedPostgres.processID(in: directory) == nil)
        }
    }

    /// A prefix without the capability that lets root see the working directory of another user's process.
    private static let asInAContainer = geteuid() == 0 ? ["setpriv", "--bounding-set=-sys_ptrace"] : ["env"]

    /// A prefix that makes the server the parent of orphans, like the first process of a container.
    ///
    /// It sets PR_SET_CHILD_SUBREAPER of `prctl(2)`, which `exec` preserves.
    private static let asParentOfOrphans: [String] = {
        #if arch(x86_64)
            let prctl = 157
        #else
            let prctl = 167
        #endif
        return ["perl", "-e", "syscall(\(prctl), 36, 1, 0, 0, 0); exec @ARGV"]
    }()

    @discardableResult
    private func post(_ server: HourglassProcess, expecting statuses: [Int]) async throws -> Int {
        let answer = try await HTTPConversation.with(port: server.port) {
            try await $0.ask(.POST, "/analytics?timestamp=1223567997&user=a&event=click")
        }
        #expect(statuses.contains(answer.status))
        return answer.status
    }

    private func withDataDirectory(_ body: (FilePath) async throws -> Void) async throws {
        let path = "/tmp/hourglass-\(UUID().uuidString.prefix(8))"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await body(FilePath(path))
    }

    private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

extension EmbeddedPostgres {
    /// The process id of the PostgreSQL on a data directory, from its `postmaster.pid`.
    fileprivate static func processID(in directory: FilePath) -> Int32? {
        let path = directory.appending("postgres/postmaster.pid").string
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        return text.split(separator: "\n").first.flatMap { Int32($0) }
    }
}

/// The latest row stored by the previous start.
private struct Kept: Statement {
    static let sql = "SELECT max(start) FROM kept"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int {
        try row.decode(Int.self)
    }
}

private struct ListenAddresses: Statement {
    static let sql = "SELECT current_setting('listen_addresses')"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> String {
        try row.decode(String.self)
    }
}

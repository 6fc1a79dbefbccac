import Foundation
import Subprocess
import SystemPackage
package import Testing

/// A PgBouncer in front of the PostgreSQL of the tests.
package struct Pooler: Sendable {
    /// The time for which a client keeps a session.
    package enum Mode: String, Sendable, CaseIterable {
        case session, transaction, statement
    }

    private let port: Int

    /// The program; nil if it is not installed.
    private static let program = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    package static let isInstalled = program != nil

    /// Runs a pooler while `body` runs.
    package static func with<R: Sendable>(_ mode: Mode, _ body: (Pooler) async throws -> R) async throws -> R {
        let program = try #require(program)
        let server = try #require(TestServer.address)
        let directory = FilePath("/tmp/hourglass-pooler-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(atPath: directory.string, withIntermediateDirectories: true)
        // The pooler has ended by then; a leftover does no harm.
        defer { try? FileManager.default.removeItem(atPath: directory.string) }
        let pooler = Pooler(port: try await freePort())
        let configuration = pooler.configuration(mode, server: server, directory: directory)
        try Data(configuration.utf8).write(to: URL(filePath: "\(directory)/pgbouncer.ini"))
        try Data("\"postgres\" \"\"\n\"\(TestDatabase.serverLogin)\" \"\"\n".utf8)
            .write(to: URL(filePath: "\(directory)/users.txt"))
        let outcome = try await Subprocess.run(
            .name("env"),
            arguments: Arguments(unprivileged + [program, "-q", "\(directory)/pgbouncer.ini"]),
            input: .none,
            output: .discarded,
            error: .discarded
        ) { execution in
            defer {
                // If it could not start it has already ended.
                try? execution.send(signal: .kill)
            }
            try await eventually { await pooler.isListening }
            return try await body(pooler)
        }
        return outcome.closureResult
    }

    /// The address of a database behind it.
    package func url(_ database: TestDatabase, role: String = TestDatabase.serverLogin) -> String {
        "host=127.0.0.1 port=\(port) connect_timeout=60 user=\(role) dbname=\(database.name)"
    }

    private var isListening: Bool {
        get async { (try? await HTTPConversation.with(port: port) { _ in }) != nil }
    }

    /// The prefix that runs it as another user than root, which it refuses.
    private static var unprivileged: [String] {
        getuid() == 0 ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] : []
    }

    private func configuration(_ mode: Mode, server: String, directory: FilePath) -> String {
        let host = server.split(separator: " ").first { $0.hasPrefix("host=") } ?? ""
        return """
            [databases]
            * = \(host)
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = \(port)
            unix_socket_dir =
            auth_type = trust
            auth_file = \(directory)/users.txt
            pool_mode = \(mode.rawValue)
            logfile = /dev/null
            """
    }
}

extension Trait where Self == ConditionTrait {
    /// For tests that need PgBouncer.
    package static var needsPooler: Self {
        .enabled(if: Pooler.isInstalled, "PgBouncer is not installed: `.ci/setup test` installs it")
    }
}

import Foundation
import Logging
import Postgres
import Support
import SystemPackage
import Testing

@testable import Embedded

/// Data directories with names that are special to shells, connection strings or sockets.
@Suite(.needsPostgres, .serialized)
struct DirectoryTests {
    @Test(arguments: ["-it's 100% Zoë", ";&|(a) *?[b]#~!{c}<d>=@:+^", "' '", "%24%20"])
    func specialCharactersAreTakenLiterally(name: String) async throws {
        try await withDirectory { parent in
            for _ in 1...2 {
                let postgres = try await EmbeddedPostgres.open(parent.appending(name), logger: quiet)
                try await Connection.with(postgres.url(role: EmbeddedPostgres.administrator)) {
                    try await $0.run("SELECT")
                }
                #expect(postgres.isRunning)
                try await postgres.stop()
                #expect(!postgres.isRunning)
            }
        }
    }

    @Test(arguments: [
        ("a,b", "it contains ','"), ("a\"b", "it contains '\"'"), ("a$HOME", "it contains '$'"),
        ("a\\b", "it contains '\\'"), ("a`id`", "it contains '`'"), ("a\nb", "it contains a control character"),
        ("a\tb", "it contains a control character"), ("a\u{7F}", "it contains a control character"),
        (String(repeating: "x", count: 110), "its path is 48 bytes too long for a unix socket"),
    ])
    func anUnusablePathIsRefused(name: String, reason: String) async throws {
        try await withDirectory { parent in
            let path = parent.appending(name)
            let error = try await #require(throws: EmbeddedPostgres.Failure.self) {
                _ = try await EmbeddedPostgres(path, logger: quiet)
            }
            let text = error.description
            #expect(text.contains(reason), "\(text)")
            #expect(text.contains("--data-dir"))
            #expect(text.contains(parent.string))
            #expect(!text.contains("\n"))
            #expect(!FileManager.default.fileExists(atPath: path.string))
        }
    }

    @Test func theLongestPathIsAccepted() async throws {
        try await withDirectory { parent in
            let rest = 107 - "/socket/.s.PGSQL.5432".utf8.count - parent.string.utf8.count - 1
            let postgres = try await EmbeddedPostgres.open(
                parent.appending(String(repeating: "x", count: rest)),
                logger: quiet
            )
            try await postgres.stop()
            await #expect(throws: EmbeddedPostgres.Failure.self) {
                _ = try await EmbeddedPostgres(parent.appending(String(repeating: "x", count: rest + 1)), logger: quiet)
            }
        }
    }

    /// The directory exists, created by `mkdir` or as a volume, and does not belong to the user of PostgreSQL.
    @Test func anExistingDirectoryIsAccepted() async throws {
        try await withDirectory { directory in
            let postgres = try await EmbeddedPostgres.open(directory, logger: quiet)
            #expect(postgres.isRunning)
            try await postgres.stop()
        }
    }

    /// A killed server leaves PostgreSQL running; the next one uses another path to the same directory.
    @Test func isTakenOverThroughASymbolicLink() async throws {
        try await withDirectory { parent in
            let (real, link) = (parent.appending("real"), parent.appending("link"))
            try FileManager.default.createSymbolicLink(atPath: link.string, withDestinationPath: real.string)
            for (first, second) in [(real, link), (link, real)] {
                do { _ = try await EmbeddedPostgres.open(first, logger: quiet) }
                let postgres = try await EmbeddedPostgres.open(second, logger: quiet)
                try await Connection.with(postgres.url(role: EmbeddedPostgres.administrator)) {
                    try await $0.run("SELECT")
                }
                try await postgres.stop()
                #expect(!postgres.isRunning)
            }
        }
    }

    /// `initdb` writes the file that marks a database, PG_VERSION, first.
    @Test func anIncompleteDatabaseIsCreatedAgain() async throws {
        try await withDirectory { parent in
            let directory = parent.appending("data")
            let unfinished = directory.appending("postgres.new-1")
            do { _ = try await EmbeddedPostgres(directory, logger: quiet) }
            try FileManager.default.createDirectory(atPath: unfinished.string, withIntermediateDirectories: false)
            try Data("15\n".utf8).write(to: URL(filePath: unfinished.appending("PG_VERSION").string))
            let postgres = try await EmbeddedPostgres.open(directory, logger: quiet)
            #expect(!FileManager.default.fileExists(atPath: unfinished.string))
            try await postgres.stop()
        }
    }

    @Test func filesOfOthersAreNotRemoved() async throws {
        try await withDirectory { parent in
            let directory = parent.appending("data")
            let file = directory.appending("postgres/mine")
            try FileManager.default.createDirectory(
                atPath: file.removingLastComponent().string,
                withIntermediateDirectories: true
            )
            try Data().write(to: URL(filePath: file.string))
            let error = await #expect(throws: EmbeddedPostgres.Failure.self) {
                _ = try await EmbeddedPostgres.open(directory, logger: quiet)
            }
            #expect(error?.description.contains("it contains files but no database") == true)
            #expect(FileManager.default.fileExists(atPath: file.string))
        }
    }

    private func withDirectory(_ body: (FilePath) async throws -> Void) async throws {
        let path = "/tmp/hourglass-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        // A leftover in the temporary directory does no harm.
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await body(FilePath(path))
    }

    private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

import HTTP
import NIOCore
import Schema
import Server
import Store
import Support
import Testing

/// Every case of the corpus against one server, each on a separate connection.
@Suite(.needsPostgres, .timeLimit(.minutes(10)))
struct RawCorpusTests {
    @Test func everyCaseIsAnsweredWithoutHarm() async throws {
        var settings = ServerSettings()
        // Incomplete requests last until the timeout.
        settings.http.requestTimeout = .seconds(2)
        try await RunningServer.with(.postgres, settings) { server in
            for raw in RawCase.framing + RawCase.heads + RawCase.targets { try await raw.check(server) }
        }
    }
}

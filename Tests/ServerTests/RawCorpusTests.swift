import HTTP
import NIOCore
import Schema
import Server
import Store
import Support
import Testing

/// Every case of the corpus against one server, on connections of their own.
@Suite(.needsPostgres, .timeLimit(.minutes(10)))
struct RawCorpusTests {
    @Test func everyCaseIsAnsweredAndHarmsNobody() async throws {
        var settings = ServerSettings()
        // Cases without an end are waited for.
        settings.http.requestTimeout = .seconds(2)
        try await RunningServer.with(.postgres, settings) { server in
            for raw in RawCase.framing + RawCase.heads + RawCase.targets { try await raw.check(server) }
        }
    }
}

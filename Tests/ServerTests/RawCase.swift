import NIOHTTP1
import Support
import Testing

/// Bytes that no ordinary client sends, and the expected answers.
struct RawCase: Sendable, CustomTestStringConvertible {
    /// The state of the connection afterwards.
    enum Ending {
        case closed
        /// The connection serves another request.
        case kept
    }

    let name: String
    let bytes: String
    /// The statuses of all answers, in order.
    var statuses: [Int] = [400]
    var ending = Ending.closed
    /// The number of events that it stores.
    var stored = 0
    /// A header of the first answer, and its first value.
    var header: (name: String, value: String)?
    /// True if the body of the first answer gives the reason of a refusal.
    var isProblem = true
    /// Part of that reason.
    var detail: String?

    var testDescription: String { name }

    /// Sends the bytes, checks the answers, and checks that the server still works.
    func check(_ server: RunningServer) async throws {
        let comment = Comment(rawValue: name)
        let before = try await server.database.count(.events)
        let answers = try await RawConversation.with(port: server.port) { conversation in
            try await conversation.send(bytes)
            if ending == .closed { return try await conversation.rest() }
            _ = try await conversation.answers(statuses.count)
            try await conversation.send("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            return try await conversation.rest()
        }
        #expect(answers.map(\.status) == statuses + (ending == .kept ? [200] : []), comment)
        if let first = answers.first {
            #expect((first["Content-Type"] == "application/problem+json") == isProblem, comment)
            if isProblem { #expect(first["X-Request-Id"] != nil, comment) }
            if isProblem, ending == .closed { #expect(first["Connection"] == "close", comment) }
            if let detail { #expect(first.text.contains(detail), comment) }
            if let header { #expect(first[header.name] == header.value, comment) }
        }
        #expect(try await server.ask(.GET, "/healthz").status == 200, comment)
        #expect(try await server.database.count(.events) - before == stored, comment)
    }
}

import NIOHTTP1
import Support
import Testing

/// Bytes that no ordinary client sends, and what has to come back.
struct RawCase: Sendable, CustomTestStringConvertible {
    /// What becomes of the connection.
    enum Ending {
        case closed
        /// It serves another request.
        case kept
    }

    let name: String
    let bytes: String
    /// Of all answers, in their order.
    var statuses: [Int] = [400]
    var ending = Ending.closed
    /// How many events are stored by it.
    var stored = 0
    /// The first value of a header of the first answer.
    var header: (name: String, value: String)?
    /// Whether the first answer says in a body why something is refused.
    var isProblem = true
    /// Part of what it says.
    var detail: String?

    var testDescription: String { name }

    /// Sends the case, and makes sure that the server goes on.
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

import Ingest
import NIOHTTP1
import Postgres
import Schema
import Server
import Store
import Support
import Testing

/// Answers of `ConnectionGate` equal those of the router, and keep the order of the requests.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct ConnectionGateTests {
    /// A header that only makes the router answer the request.
    private static let ordinary: HTTPHeaders = ["Prefer": "respond-async"]
    private static let event = "/analytics?timestamp=1&user=a&event=click"
    private static let post = "POST \(event) HTTP/1.1\r\nHost: a\r\n"

    @Test(arguments: Flavour.allCases)
    func bothWaysAnswerAlike(flavour: Flavour) async throws {
        try await RunningServer.with(flavour) { server in
            for contract in ContractCase.all where contract.method == "POST" && contract.json == nil {
                let direct = try await server.ask(.POST, contract.target)
                let ordinary = try await server.ask(.POST, contract.target, Self.ordinary)
                #expect(Set(direct.headers.map(\.name)) == Set(ordinary.headers.map(\.name)))
                #expect(direct.status == ordinary.status)
                #expect(direct.body == ordinary.body)
                #expect(direct["Analytics-Rejected"] == ordinary["Analytics-Rejected"])
                #expect(direct.isDirect != contract.isRejected)
                #expect(!ordinary.isDirect)
            }
        }
    }

    @Test func bothWaysCountAlike() async throws {
        try await RunningServer.with { server in
            _ = try await server.ask(.POST, Self.event)
            let direct = try await server.ask(.GET, "/metrics").body
            _ = try await server.ask(.POST, Self.event, Self.ordinary)
            let both = try await server.ask(.GET, "/metrics").body
            for (metric, first, second) in [
                (#"hourglass_http_requests_total{route="/analytics",method="POST",status="204"}"#, 1, 2),
                ("hourglass_events_accepted_total", 1, 2), ("hourglass_http_request_duration_seconds_count", 1, 3),
            ] {
                #expect(direct.contains("\n\(metric) \(first)\n"))
                #expect(both.contains("\n\(metric) \(second)\n"))
            }
        }
    }

    @Test func theIDIsThatOfTheClientOrNew() async throws {
        try await RunningServer.with { server in
            try await HTTPConversation.with(port: server.port) { conversation in
                let named = try await conversation.ask(.POST, Self.event, ["X-Request-Id": "mine"])
                let first = try await conversation.ask(.POST, Self.event)
                let second = try await conversation.ask(.POST, Self.event)
                #expect(named["X-Request-Id"] == "mine")
                #expect(first["X-Request-Id"]?.utf8.count == 32)
                #expect(first["X-Request-Id"] != second["X-Request-Id"])
                #expect([named, first, second].map(\.isDirect) == [true, true, true])
            }
        }
    }

    /// On one persistent connection the gate and the router answer in turn.
    @Test func aConnectionServesBothWays() async throws {
        try await RunningServer.with { server in
            try await HTTPConversation.with(port: server.port) { conversation in
                for _ in 0..<20 {
                    let direct = try await conversation.ask(.POST, Self.event)
                    let ordinary = try await conversation.ask(.POST, Self.event, Self.ordinary)
                    let none = try await conversation.ask(.GET, "/nowhere")
                    #expect(direct.isDirect)
                    #expect([direct, ordinary, none].map(\.status) == [204, 204, 404])
                }
            }
            #expect(try await server.database.count(.events) == 40)
        }
    }

    @Test func answersComeInTheOrderOfTheRequests() async throws {
        try await RunningServer.with { server in
            var random = SeededGenerator(seed: 1)
            for _ in 0..<20 {
                let kinds = (0..<40).map { _ in Int.random(in: 0...4, using: &random) }
                let requests = kinds.enumerated().map { id, kind in Self.request(kind, id: id) }
                let answers = try await RawConversation.with(port: server.port) { conversation in
                    try await conversation.send(requests.joined() + Self.request(0, id: 40, isLast: true))
                    return try await conversation.rest()
                }
                #expect(answers.map { $0["X-Request-Id"] } == (0...40).map { "\($0)" })
                #expect(answers.map(\.status) == kinds.map { [204, 200, 204, 200, 404][$0] } + [204])
            }
        }
    }

    /// A request of one of several kinds; the gate answers kind 0, the router all others.
    private static func request(_ kind: Int, id: Int, isLast: Bool = false) -> String {
        let fields = "Host: a\r\nX-Request-Id: \(id)\r\n" + (isLast ? "Connection: close\r\n" : "")
        switch kind {
        case 0: return "POST \(event) HTTP/1.1\r\n\(fields)\r\n"
        case 1: return "GET /analytics?timestamp=1 HTTP/1.1\r\n\(fields)\r\n"
        case 2: return "POST /analytics?timestamp=x HTTP/1.1\r\n\(fields)\r\n"
        case 3:
            let body = "timestamp,user,event\n1,a,click\n"
            return "POST /analytics HTTP/1.1\r\n\(fields)Content-Type: text/csv\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        default: return "DELETE /nowhere HTTP/1.1\r\n\(fields)\r\n"
        }
    }

    /// More requests than are read before the first answers are written.
    @Test func thousandsInOneWriteAreAllAnswered() async throws {
        try await RunningServer.with { server in
            let requests = (0..<5_000).map { "\(Self.post)X-Request-Id: \($0)\r\n\r\n" }
            let answers = try await RawConversation.with(port: server.port) { conversation in
                try await conversation.send(requests.joined())
                conversation.finish()
                return try await conversation.rest()
            }
            #expect(answers.map { $0["X-Request-Id"] } == (0..<5_000).map { "\($0)" })
            #expect(answers.allSatisfy { $0.status == 204 })
            #expect(try await server.database.count(.events) == 5_000)
        }
    }

    @Test func aRequestMayArriveByteByByte() async throws {
        try await RunningServer.with { server in
            try await RawConversation.with(port: server.port) { conversation in
                for byte in Self.post + "\r\n" { try await conversation.send(String(byte)) }
                #expect(try await conversation.answers(1).map(\.status) == [204])
            }
        }
    }

    @Test func unreadableBytesAreAnsweredInOrder() async throws {
        try await RunningServer.with { server in
            let answers = try await RawConversation.with(port: server.port) { conversation in
                try await conversation.send(Self.post + "\r\n" + Self.post + "\r\n" + "nonsense\r\n\r\n")
                return try await conversation.rest()
            }
            #expect(answers.map(\.status) == [204, 204, 400])
        }
    }

    @Test func aFullQueueIsAnsweredAlike() async throws {
        var queue = Batcher.Limits()
        queue.pending = 1
        try await RunningServer.with(.postgres, queue: queue) { server in
            try await server.whileNobodyCanWrite {
                try await HTTPConversation.with(port: server.port) { conversation in
                    let direct = try await conversation.ask(.POST, Self.event)
                    let ordinary = try await conversation.ask(.POST, Self.event, Self.ordinary)
                    expectAlike(direct, ordinary)
                    #expect(direct.body.contains("too many events are waiting"))
                }
            }
        }
    }

    @Test func aWriteThatFailsIsAnsweredAlike() async throws {
        try await withDatabase(.postgres) { database in
            try await RunningServer.with(database) { server in
                try await database.breakConnections(allow: false)
                let direct = try await server.ask(.POST, Self.event)
                let ordinary = try await server.ask(.POST, Self.event, Self.ordinary)
                try await database.breakConnections(allow: true)
                expectAlike(direct, ordinary)
                #expect(direct.body.contains("the database is away"))
                let metrics = try await server.ask(.GET, "/metrics").body
                #expect(metrics.contains(#"{route="/analytics",method="POST",status="503"} 2"#))
            }
        }
    }

    private func expectAlike(_ direct: HTTPAnswer, _ ordinary: HTTPAnswer) {
        #expect(direct.status == 503)
        #expect(direct["Retry-After"] == "1")
        #expect(direct.isDirect != ordinary.isDirect)
        #expect(direct.status == ordinary.status)
        #expect(direct.body == ordinary.body)
        #expect(Set(direct.headers.map(\.name)) == Set(ordinary.headers.map(\.name)))
        #expect(direct["Content-Type"] == ordinary["Content-Type"])
    }
}

extension HTTPAnswer {
    /// True for an answer of `ConnectionGate`, which writes the date as the first header of a 204, and directly before
    /// the length of other answers.
    fileprivate var isDirect: Bool {
        headers.first?.name == "Date" || headers.map(\.name).suffix(2) == ["Date", "Content-Length"]
    }
}

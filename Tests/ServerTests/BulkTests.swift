import Analytics
import NIOCore
import NIOHTTP1
import Schema
import Server
import Store
import Support
import Testing

@Suite(.needsPostgres)
struct BulkTests {
    private static let csv = "timestamp,user,event\n1223567997,a,click\n1223567998,b,impression\n1223567999,c,nothing\n"
    private static let ndjson = """
        {"timestamp": 1223567997, "user": "a", "event": "click"}
        {"timestamp": "1223567998", "user": "b", "event": "impression", "extra": [{"x": null}]}

        {"timestamp": 1223567999, "user": "c"}
        """
    private static let array = """
        [{"timestamp": 1223567997, "user": "a", "event": "click"},
         {"timestamp": 1223567998, "user": "b", "event": "impression"}, 7]
        """
    private static let bodies = [
        ("text/csv", csv, #"[{"line":4,"field":"event","reason":"neither click nor impression"}]"#),
        ("text/csv; charset=utf-8", csv, #"[{"line":4,"field":"event","reason":"neither click nor impression"}]"#),
        ("application/x-ndjson", ndjson, #"[{"line":4,"field":"event","reason":"missing"}]"#),
        ("application/json", array, #"[{"line":3,"field":"body","reason":"not a JSON object"}]"#),
    ]

    @Test(arguments: bodies, [false, true])
    func storesValidEventsAndNamesInvalidOnes(_ body: (String, String, String), isCompressed: Bool) async throws {
        try await RunningServer.with { server in
            let answer = try await send(body.1, body.0, to: server, isCompressed: isCompressed)
            #expect(answer.status == 200)
            #expect(answer.body == #"{"accepted":2,"rejected":1,"errors":\#(body.2)}"#)
            let report = try await server.ask(.GET, "/analytics?timestamp=1223567999")
            #expect(report.body == "unique_users,2\nclicks,1\nimpressions,1\n")
        }
    }

    private static let click = #"{"timestamp":1223567997,"user":"a","event":"click"}"#

    /// A byte order mark before the body, as editors and spreadsheets write it.
    @Test(
        arguments: [
            ("text/csv", "timestamp,user,event\n1223567997,a,click\n", 200), ("application/x-ndjson", click, 200),
            ("application/json", "[\(click)]", 200), ("application/json", click, 204),
            ("application/x-www-form-urlencoded", "timestamp=1223567997&user=a&event=click", 204),
        ],
        [false, true]
    )
    func skipsAByteOrderMark(_ body: (type: String, text: String, status: Int), isCompressed: Bool) async throws {
        try await RunningServer.with { server in
            let answer = try await send("\u{FEFF}\(body.text)", body.type, to: server, isCompressed: isCompressed)
            #expect(answer.status == body.status)
            #expect(answer["Analytics-Rejected"] == nil)
            #expect(try await server.database.count(.events) == 1)
        }
    }

    @Test func storesTheEventsOfEveryMemberOfAGzip() async throws {
        try await RunningServer.with { server in
            var bytes = try await gzip("timestamp,user,event\n1223567997,a,click\n12235679")
            bytes.writeImmutableBuffer(try await gzip("97,b,click\n"))
            let body = bytes
            let headers: HTTPHeaders = ["Content-Type": "text/csv", "Content-Encoding": "gzip"]
            let answer = try await HTTPConversation.with(port: server.port) {
                try await $0.ask(.POST, "/analytics", headers, bytes: body)
            }
            #expect(answer.body == #"{"accepted":2,"rejected":0,"errors":[]}"#)
            #expect(try await server.database.count(.events) == 2)
        }
    }

    @Test(arguments: bodies)
    func strictStoresNothingWhenSomethingIsRejected(_ body: (String, String, String)) async throws {
        try await RunningServer.with { server in
            let answer = try await server.ask(
                .POST,
                "/analytics",
                ["Content-Type": body.0, "Prefer": "handling=strict"],
                body: body.1
            )
            #expect(answer.status == 400)
            #expect(answer["Preference-Applied"] == "handling=strict")
            #expect(answer.body.contains(#""errors":\#(body.2)"#))
            #expect(try await server.database.count(.events) == 0)
        }
    }

    @Test func onlyAHundredErrorsAreListed() async throws {
        try await RunningServer.with { server in
            let body = "timestamp,user,event\n" + String(repeating: "x,y,click\n", count: 250)
            let answer = try await send(body, "text/csv", to: server)
            #expect(answer.body.hasPrefix(#"{"accepted":0,"rejected":250,"errors":[{"line":2,"#))
            #expect(answer.body.split(separator: #"{"line""#).count == 101)
        }
    }

    private static let malformedBodies: [(type: String, body: String, line: Int, reason: String)] = [
        ("text/csv", "", 1, "the header line must name timestamp, user and event"),
        ("text/csv", "a,b,c\n", 1, "the header line must name timestamp, user and event"),
        ("text/csv", csv + "1,\"a,click\n1,b,click\n", 5, "malformed CSV: a quote is never closed"),
        ("text/csv", "timestamp,user,\"event\n1,a,click\n", 1, "malformed CSV: a quote is never closed"),
        ("text/csv", csv + "1,a,click\r2,a,click\r", 5, "a carriage return ends no line: end lines with LF or CRLF"),
        (
            "application/x-ndjson", ndjson + "\r" + ndjson, 4,
            "a carriage return ends no line: end lines with LF or CRLF"
        ),
        ("application/json", "[{]", 1, "malformed JSON"),
        ("application/json", "[", 1, "malformed JSON"),
        ("application/json", array + "x", 4, "malformed JSON"),
        ("application/json", String(array.dropLast()), 4, "malformed JSON"),
    ]

    @Test func aMalformedBodyIsRefusedCompletely() async throws {
        try await RunningServer.with { server in
            for (type, body, line, reason) in Self.malformedBodies {
                let answer = try await send(body, type, to: server)
                #expect(answer.status == 400, "\(type)")
                #expect(answer["Content-Type"] == "application/problem+json")
                #expect(answer.body.contains(#""detail":"\#(reason)""#))
                #expect(answer.body.contains(#""errors":[{"line":\#(line),"field":"body","reason":"\#(reason)"}]"#))
                #expect(try await server.database.count(.events) == 0)
            }
        }
    }

    @Test func tooManyEventsAreRefusedCompletely() async throws {
        var settings = ServerSettings()
        settings.maximumEvents = 3
        try await RunningServer.with(.postgres, settings) { server in
            let rows = "1223567997,a,click\n"
            let header = "timestamp,user,event\n"
            let three = try await send(header + rows + rows + rows, "text/csv", to: server)
            let four = try await send(header + rows + rows + rows + rows, "text/csv", to: server)
            #expect(three.status == 200)
            #expect(four.status == 413)
            #expect(try await server.database.count(.events) == 3)
        }
    }

    @Test func anUnknownEncodingIsNamed() async throws {
        try await RunningServer.with { server in
            let headers: HTTPHeaders = ["Content-Type": "text/csv", "Content-Encoding": "br"]
            let answer = try await server.ask(.POST, "/analytics", headers, body: Self.csv)
            #expect(answer.status == 415)
            #expect(answer.body.contains("Content-Encoding"))
        }
    }

    @Test func invalidOrTruncatedGzipIsRefused() async throws {
        try await RunningServer.with { server in
            let headers: HTTPHeaders = ["Content-Type": "text/csv", "Content-Encoding": "gzip"]
            #expect(try await server.ask(.POST, "/analytics", headers, body: Self.csv).status == 400)
            var whole = try await gzip(Self.csv)
            let part = whole.readSlice(length: whole.readableBytes - 4) ?? whole
            let answer = try await HTTPConversation.with(port: server.port) {
                try await $0.ask(.POST, "/analytics", headers, bytes: part)
            }
            #expect(answer.status == 400)
            #expect(try await server.database.count(.events) == 0)
        }
    }

    @Test func aDecompressionBombIsCutOff() async throws {
        var settings = ServerSettings()
        settings.maximumInflated = 10 << 20
        try await RunningServer.with(.postgres, settings) { server in
            let bomb = try await gzipBomb(megabytes: 500)
            let headers: HTTPHeaders = ["Content-Type": "text/csv", "Content-Encoding": "gzip"]
            let answer = try await HTTPConversation.with(port: server.port) {
                try await $0.ask(.POST, "/analytics", headers, bytes: bomb)
            }
            #expect(answer.status == 413)
            #expect(answer.body.contains("inflated"))
        }
    }

    private func send(
        _ body: String,
        _ type: String,
        to server: RunningServer,
        isCompressed: Bool = false
    ) async throws -> HTTPAnswer {
        guard isCompressed else { return try await server.ask(.POST, "/analytics", ["Content-Type": type], body: body) }
        let bytes = try await gzip(body)
        return try await HTTPConversation.with(port: server.port) {
            try await $0.ask(.POST, "/analytics", ["Content-Type": type, "Content-Encoding": "gzip"], bytes: bytes)
        }
    }
}

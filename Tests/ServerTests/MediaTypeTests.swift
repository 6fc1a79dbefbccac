import NIOHTTP1
import Schema
import Server
import Store
import Support
import Testing

/// Bodies of an unknown or wrong type: the answer lists the known types.
@Suite(.needsPostgres)
struct MediaTypeTests {
    private static let csv = "timestamp,user,event\n1223567997,a,click\n"
    private static let json = #"{"timestamp": 1223567997, "user": "a", "event": "click"}"#
    private static let acceptPost =
        "application/json, application/x-ndjson, text/csv, application/x-www-form-urlencoded"
    private static let unsupported =
        "unsupported: send application/json, application/x-ndjson, text/csv or application/x-www-form-urlencoded"
    private static let noForm =
        "no form with timestamp, user or event: for anything else send application/json, application/x-ndjson or text/csv"
    private static let form = "application/x-www-form-urlencoded"

    private static let bodies: [(type: String?, body: String, reason: String)] = [
        ("application/xml", "<event/>", unsupported), ("text/plain", csv, unsupported),
        ("application/octet-stream", csv, unsupported), ("text/csv+x", csv, unsupported), ("x", "x", unsupported),
        // The requests of `curl --data-binary @file`.
        (form, csv, noForm), (form, json, noForm), (form, json + "\n" + json, noForm), (form, "[\(json)]", noForm),
        (form, "\u{FEFF}\(csv)", noForm), ("\(form); charset=utf-8", csv, noForm), (nil, csv, noForm),
        (form, "time=1&who=a", noForm), (nil, "x", noForm),
    ]

    @Test(arguments: bodies)
    func anUnknownTypeIsAnsweredWithTheKnownOnes(_ case: (type: String?, body: String, reason: String)) async throws {
        try await RunningServer.with { server in
            let headers = `case`.type.map { ["Content-Type": $0] as HTTPHeaders } ?? [:]
            let lenient = try await server.ask(.POST, "/analytics", headers, body: `case`.body)
            #expect(lenient.status == 204)
            #expect(lenient["Analytics-Rejected"] == "Content-Type: \(`case`.reason)")
            var strict = headers
            strict.add(name: "Prefer", value: "handling=strict")
            try await expectRefusal(server, strict, `case`.body, `case`.reason)
        }
    }

    @Test(arguments: bodies.prefix(1) + bodies.suffix(4))
    func aStrictServerRefusesIt(_ case: (type: String?, body: String, reason: String)) async throws {
        var settings = ServerSettings()
        settings.isStrict = true
        try await RunningServer.with(.postgres, settings) { server in
            let headers = `case`.type.map { ["Content-Type": $0] as HTTPHeaders } ?? [:]
            try await expectRefusal(server, headers, `case`.body, `case`.reason)
        }
    }

    /// An event in the query is stored whatever the body is, and a body with one of the fields is a form.
    @Test func otherRequestsAreUnaffected() async throws {
        try await RunningServer.with { server in
            let target = "/analytics?timestamp=1223567997&user=a&event=click"
            let event = try await server.ask(.POST, target, ["Content-Type": "text/plain"], body: "x")
            #expect(event["Analytics-Rejected"] == nil)
            let part = try await server.ask(.POST, "/analytics", ["Content-Type": Self.form], body: "user=a")
            #expect(part["Analytics-Rejected"] == "timestamp: missing")
            let nothing = try await server.ask(.POST, "/analytics")
            #expect(nothing["Analytics-Rejected"] == "timestamp: missing")
            #expect(try await server.database.count(.events) == 1)
        }
    }

    @Test(
        arguments: ["br", "deflate", "zstd", "gzip, gzip", ""],
        [[:], ["Prefer": "handling=strict"]] as [HTTPHeaders]
    )
    func anUnknownCodingIsAnsweredWithTheKnownOne(coding: String, headers: HTTPHeaders) async throws {
        try await RunningServer.with { server in
            var headers = headers
            headers.add(name: "Content-Type", value: "text/csv")
            headers.add(name: "Content-Encoding", value: coding)
            let answer = try await server.ask(.POST, "/analytics", headers, body: Self.csv)
            #expect(answer.status == 415)
            #expect(answer["Accept-Encoding"] == "gzip")
            #expect(answer["Accept-Post"] == nil)
            #expect(answer.body.contains(#""field":"Content-Encoding""#))
            #expect(try await server.database.count(.events) == 0)
        }
    }

    private func expectRefusal(
        _ server: RunningServer,
        _ headers: HTTPHeaders,
        _ body: String,
        _ reason: String
    ) async throws {
        let answer = try await server.ask(.POST, "/analytics", headers, body: body)
        #expect(answer.status == 415)
        #expect(answer["Content-Type"] == "application/problem+json")
        #expect(answer["Accept-Post"] == Self.acceptPost)
        #expect(answer["Preference-Applied"] == "handling=strict")
        #expect(answer.body.contains(#""detail":"\#(reason)","field":"Content-Type""#))
        #expect(try await server.database.count(.events) == 0)
    }
}

import NIOHTTP1
import Schema
import Store
import Support
import Testing

/// A row that the database refuses for its contents costs that event only, and is answered like an invalid event.
@Suite(.needsPostgres)
struct RefusedRowTests {
    private static let antidote = "ALTER TABLE event ADD CONSTRAINT antidote CHECK (user_id <> 'poison')"
    private static let csv: HTTPHeaders = ["Content-Type": "text/csv"]
    private static let body = """
        timestamp,user,event
        1223567997,a,click

        1223567997,poison,click
        x,b,click
        1223567998,c,impression
        1223567998,poison,impression

        """

    @Test(arguments: Flavour.allCases)
    func aRefusedRowIsNamedByItsLine(flavour: Flavour) async throws {
        try await RunningServer.with(flavour) { server in
            try await server.database.run(Self.antidote)
            let answer = try await server.ask(.POST, "/analytics", Self.csv, body: Self.body)
            #expect(answer.status == 200)
            let errors = [
                #"{"line":4,"field":"body","reason":"refused by the database"}"#,
                #"{"line":5,"field":"timestamp","reason":"not a whole number in digits 0-9"}"#,
                #"{"line":7,"field":"body","reason":"refused by the database"}"#,
            ]
            #expect(answer.body == #"{"accepted":2,"rejected":3,"errors":[\#(errors.joined(separator: ","))]}"#)
            #expect(try await server.database.count(.events) == 2)
            let metrics = try await server.ask(.GET, "/metrics").body
            let counted = #"hourglass_events_rejected_total{field="body",reason="refused by the database"} 2"#
            #expect(metrics.contains(counted))
        }
    }

    @Test(arguments: Flavour.allCases)
    func inStrictModeARefusedRowRefusesAll(flavour: Flavour) async throws {
        try await RunningServer.with(flavour) { server in
            try await server.database.run(Self.antidote)
            var headers = Self.csv
            headers.add(name: "Prefer", value: "handling=strict")
            let body = "timestamp,user,event\n1223567997,a,click\n1223567997,poison,click\n"
            let answer = try await server.ask(.POST, "/analytics", headers, body: body)
            #expect(answer.status == 400)
            #expect(answer.body.contains(#"{"line":3,"field":"body","reason":"refused by the database"}"#))
            #expect(try await server.database.count(.events) == 0)
        }
    }

    /// A repetition with the same key gets the same answer.
    @Test func theStoredAnswerOfAKeyHasTheRefusals() async throws {
        try await RunningServer.with { server in
            try await server.database.run(Self.antidote)
            var headers = Self.csv
            headers.add(name: "Idempotency-Key", value: "k")
            let first = try await server.ask(.POST, "/analytics", headers, body: Self.body)
            let again = try await server.ask(.POST, "/analytics", headers, body: Self.body)
            #expect(first.body.contains(#""accepted":2,"rejected":3"#))
            #expect(again.body == first.body)
            #expect(again["Idempotency-Replayed"] == "true")
            #expect(try await server.database.count(.events) == 2)
        }
    }

    /// With the gate and with the router, and with other events in the same batch.
    @Test(arguments: Flavour.allCases)
    func aRefusedEventIsAnsweredLikeAnInvalidOne(flavour: Flavour) async throws {
        try await RunningServer.with(flavour) { server in
            try await server.database.run(Self.antidote)
            let target = "/analytics?timestamp=1&user=poison&event=click"
            let refused = try await server.ask(.POST, target)
            #expect(refused.status == 204)
            #expect(refused["Analytics-Rejected"] == "body: refused by the database")
            let strict = try await server.ask(.POST, target, ["Prefer": "handling=strict"])
            #expect(strict.status == 400)
            #expect(strict.body.contains(#""field":"body""#))
            #expect(try await server.ask(.GET, "/readyz").status == 200)
        }
    }

    /// The limit of retention in the database may differ from the server's setting.
    @Test(arguments: Flavour.allCases)
    func anEventBeforeRetentionIsRefusedByItsLine(flavour: Flavour) async throws {
        try await RunningServer.with(flavour) { server in
            try await server.database.run("UPDATE retention SET kept_since = '2008-10-06'")
            let body = "timestamp,user,event\n1223567997,a,click\n1222000000,b,click\n1000000000,c,click\n"
            let reason = #""field":"timestamp","reason":"before the earliest accepted time""#
            // The first time the database refuses the event, the second time the server does so itself.
            for count in 1...2 {
                let answer = try await server.ask(.POST, "/analytics", Self.csv, body: body)
                #expect(answer.status == 200)
                #expect(
                    answer.body
                        == #"{"accepted":1,"rejected":2,"errors":[{"line":3,\#(reason)},{"line":4,\#(reason)}]}"#
                )
                #expect(try await server.database.count(.events) == count)
            }
            for headers in [[:], ["Content-Type": "application/json"]] as [HTTPHeaders] {
                let single = try await server.ask(
                    .POST,
                    "/analytics?timestamp=1222000000&user=b&event=click",
                    headers
                )
                #expect(single.status == 204)
                #expect(single["Analytics-Rejected"] == "timestamp: before the earliest accepted time")
            }
        }
    }

    /// The events are valid, so the client is told to send them again.
    @Test(arguments: Flavour.allCases)
    func aDatabaseFailureIsNoRefusal(flavour: Flavour) async throws {
        try await RunningServer.with(flavour) { server in
            try await server.database.run("ALTER TABLE batch RENAME TO hidden")
            let target = "/analytics?timestamp=1&user=a&event=click"
            let answers = [
                try await server.ask(.POST, target),
                try await server.ask(.POST, "/analytics", Self.csv, body: Self.body),
            ]
            for answer in answers {
                #expect(answer.status == 503)
                #expect(answer["Retry-After"] == "1")
                #expect(answer["Analytics-Rejected"] == nil)
            }
            let ready = try await server.ask(.GET, "/readyz")
            #expect(ready.status == 503)
            #expect(ready.body.contains("SQLSTATE 42P01"))
            try await server.database.run("ALTER TABLE hidden RENAME TO batch")
            try await eventually { try await server.ask(.GET, "/readyz").status == 200 }
            #expect(try await server.ask(.POST, target).status == 204)
        }
    }
}

import NIOHTTP1
import Support
import Testing

@Suite(.needsPostgres)
struct QuestionTests {
    @Test func answersInCSVAndJSON() async throws {
        try await RunningServer.with { server in
            _ = try await server.ask(.POST, "/analytics?timestamp=1223567997&user=3&event=click")
            let csv = "unique_users,1\nclicks,1\nimpressions,0\n"
            let json =
                #"{"timestamp":1223567999,"from":1223564399,"to":1223567999,"unique_users":1,"clicks":1,"impressions":0}"#
            let target = "/analytics?timestamp=1223567999"
            let plain = try await server.ask(.GET, target)
            #expect(plain.body == csv)
            #expect(plain["Content-Type"] == "text/csv; charset=utf-8")
            let asked = try await server.ask(.GET, target + "&format=json")
            #expect(asked.body == json)
            #expect(asked["Content-Type"] == "application/json")
            #expect(try await server.ask(.GET, target, ["Accept": "application/json"]).body == json)
            #expect(try await server.ask(.GET, target + "&format=csv", ["Accept": "application/json"]).body == csv)
            #expect(try await server.ask(.GET, target, ["Accept": "text/html, */*"]).body == csv)
        }
    }

    @Test func millisecondsAreAnsweredInMilliseconds() async throws {
        try await RunningServer.with { server in
            _ = try await server.ask(.POST, "/analytics?timestamp=1223567997250&user=3&event=click")
            let before = try await server.ask(.GET, "/analytics?timestamp=1223567997249&format=json")
            let exactly = try await server.ask(.GET, "/analytics?timestamp=1223567997250&format=json")
            let last = try await server.ask(.GET, "/analytics?timestamp=1223571597250")
            let after = try await server.ask(.GET, "/analytics?timestamp=1223571597251")
            #expect(before.body.contains(#""unique_users":0"#))
            #expect(
                exactly.body.hasPrefix(
                    #"{"timestamp":1223567997250,"from":1223564397250,"to":1223567997250,"unique_users":1"#
                )
            )
            #expect(last.body.hasPrefix("unique_users,1\n"))
            #expect(after.body.hasPrefix("unique_users,0\n"))
        }
    }

    private static let invalidTimes: [(query: String, reason: String)] = [
        ("", "missing"), ("?timestamp=", "empty"), ("?timestamp=abc", "not a whole number in digits 0-9"),
        ("?timestamp=%2B1", "not a whole number in digits 0-9"), ("?timestamp=99999999999999999999", "out of range"),
        ("?timestamp=%zz", "broken percent-encoding"), ("?Timestamp=1", "missing"),
    ]

    @Test func anInvalidTimeIsRefused() async throws {
        try await RunningServer.with { server in
            for (query, reason) in Self.invalidTimes {
                let answer = try await server.ask(.GET, "/analytics\(query)")
                #expect(answer.status == 400, "\(query)")
                #expect(answer["Content-Type"] == "application/problem+json")
                #expect(answer.body.contains(#""field":"timestamp""#))
                #expect(answer.body.contains(#""detail":"\#(reason)""#))
            }
        }
    }

    private static let validTimes: [String] = ["0", "1", "3600", "99999999999", "100000000000", "253402300799999"]

    @Test func everyValidTimeIsAnswered() async throws {
        try await RunningServer.with { server in
            for time in Self.validTimes {
                let answer = try await server.ask(.GET, "/analytics?timestamp=\(time)")
                #expect(answer.body.hasPrefix("unique_users,0\n"))
            }
        }
    }
}

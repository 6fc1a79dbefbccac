import NIOCore
import Testing

@testable import Load

struct VerdictTests {
    @Test(arguments: [
        (204, Verdict.stored), (503, .refused), (429, .refused), (500, .unclear), (502, .unclear), (200, .unclear),
        (301, .unclear),
    ])
    func judgesSingleEvents(status: Int, verdict: Verdict) {
        #expect(Verdict(reply(status), mode: .single, events: 1) == verdict)
    }

    @Test func doesNotTakeARejectionForStored() {
        let rejected = Reply(status: 204, closes: false, rejection: "user: empty", body: ByteBuffer())
        #expect(Verdict(rejected, mode: .single, events: 1) == .rejected(reason: "user: empty"))
        #expect(Verdict(reply(400, "no"), mode: .single, events: 1) == .rejected(reason: "status 400 no"))
    }

    @Test func takesABulkForStoredOnlyWhenComplete() {
        let complete = reply(200, #"{"accepted": 3, "rejected": 0, "errors": []}"#)
        #expect(Verdict(complete, mode: .bulk, events: 3) == .stored)
        #expect(Verdict(complete, mode: .bulk, events: 4) != .stored)
        #expect(Verdict(reply(503), mode: .bulk, events: 4) == .refused)
        for body in [
            #"{"accepted": 2, "rejected": 1, "errors": [{"line": 2}]}"#, #"{"accepted": 99999999999999999999}"#,
            #"{"accepted": 3}"#, #"{"accepted": "3", "rejected": 0}"#, "", "[]", "\u{1b}[2J",
        ] {
            let verdict = Verdict(reply(200, body), mode: .bulk, events: 3)
            guard case .rejected(let reason) = verdict else {
                Issue.record("\(body) gave \(verdict)")
                continue
            }
            #expect(!reason.contains("\u{1b}"))
        }
    }

    @Test(arguments: [
        (204, "", false, Verdict.stored), (200, #"{"accepted":3,"rejected":0}"#, true, .stored),
        (503, "", true, .refused), (429, "", false, .refused), (500, "", true, .unclear), (200, "", false, .unclear),
        (401, "no", false, .rejected(reason: "status 401 no")), (413, "no", true, .rejected(reason: "status 413 no")),
    ])
    func judgesHits(status: Int, body: String, isBulk: Bool, verdict: Verdict) {
        #expect(Verdict(reply(status, body), isBulk: isBulk, hits: 3) == verdict)
    }

    @Test func findsTheRejectedHits() {
        let body = #"{"accepted":1,"rejected":2,"errors":[{"line":1,"field":"id"},{"line":3}]}"#
        guard case .partlyStored(let rejected, _) = Verdict(reply(200, body), isBulk: true, hits: 3) else {
            Issue.record("it is not partly stored")
            return
        }
        #expect(rejected.sorted() == [0, 2])
        let alone = Reply(status: 204, closes: false, rejection: "url: foreign", body: ByteBuffer())
        #expect(Verdict(alone, isBulk: false, hits: 1) == .partlyStored(rejected: [0], reason: "url: foreign"))
    }

    /// Counts would be wrong if the fate of a hit were not known.
    @Test(arguments: [
        #"{"accepted":1,"rejected":2,"errors":[{"line":1}]}"#, #"{"accepted":1,"rejected":2}"#,
        #"{"accepted":2,"rejected":1,"errors":[{"line":0}]}"#, #"{"accepted":2,"rejected":1,"errors":[{"line":4}]}"#,
        #"{"accepted":1,"rejected":2,"errors":[{"line":1},{"line":1}]}"#, #"{"accepted":4,"rejected":-1}"#,
        #"{"accepted":2,"rejected":0}"#, "", "[]",
    ])
    func failsWithoutTheFateOfEachHit(body: String) {
        guard case .rejected = Verdict(reply(200, body), isBulk: true, hits: 3) else {
            Issue.record("\(body) is not refused")
            return
        }
    }

    @Test func readsCounts() {
        let counts = Counts(uniqueUsers: 2, clicks: 1, impressions: 30)
        #expect(Counts(parsing: "unique_users,2\nclicks,1\nimpressions,30\n") == counts)
        #expect(Counts(parsing: "clicks,1\r\nimpressions,30\r\nunique_users,2") == counts)
    }

    @Test(arguments: [
        "", "unique_users,2\nclicks,1\n", "unique_users,2\nclicks,1\nimpressions,\n",
        "unique_users,2\nclicks,-1\nimpressions,1\n", "unique_users,2\nclicks,+1\nimpressions,1\n",
        "unique_users,99999999999999999999\nclicks,1\nimpressions,1\n",
        "unique_users,9223372036854775807\nclicks,1\nimpressions,1\n",
        "unique_users,2\nclicks,1\nclicks,1\nimpressions,1\n", "unique_users,2,3\nclicks,1\nimpressions,1\n",
        "unique_users,٢\nclicks,1\nimpressions,1\n",
    ])
    func refusesMalformedCounts(text: String) {
        #expect(Counts(parsing: text) == nil)
    }

    @Test func comparesEachCount() {
        let low = Counts(uniqueUsers: 1, clicks: 2, impressions: 3)
        let high = low + low
        #expect(low.isBetween(low, and: high) && high.isBetween(low, and: high))
        #expect(!Counts(uniqueUsers: 3, clicks: 4, impressions: 6).isBetween(low, and: high))
        #expect(!Counts(uniqueUsers: 1, clicks: 1, impressions: 3).isBetween(low, and: high))
        #expect(!Counts(uniqueUsers: 1, clicks: 2, impressions: 7).isBetween(low, and: high))
    }

    private func reply(_ status: Int, _ body: String = "") -> Reply {
        Reply(status: status, closes: false, rejection: nil, body: ByteBuffer(string: body))
    }
}

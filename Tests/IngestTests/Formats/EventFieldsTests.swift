import Analytics
import Ingest
import Testing

struct EventFieldsTests {
    private static let times = Timestamp(seconds: 1_000)...Timestamp(milliseconds: 2_000_000_500)

    @Test(arguments: [
        ("1000", 1_000_000), ("1500", 1_500_000), ("2000000", 2_000_000_000),
    ])
    func acceptsTimesInTheRange(text: String, milliseconds: Int) throws {
        #expect(try event(timestamp: text).time == Timestamp(milliseconds: milliseconds))
    }

    @Test(arguments: [
        ("0", Rejection.Reason.beforeEarliest), ("999", .beforeEarliest), ("2000001", .afterLatest),
        ("99999999999", .afterLatest), ("100000000000", .afterLatest), ("253402300799999", .afterLatest),
        ("253402300800000", .outOfRange), ("", .empty), ("-1", .notDigits),
    ])
    func refusesOtherTimes(text: String, reason: Rejection.Reason) {
        #expect(throws: Rejection(.timestamp, reason)) { try event(timestamp: text) }
    }

    @Test func takesTheEarliestAndTheLatestToTheMillisecond() throws {
        let edges = [1_224_028_800_000, 1_224_028_800_999]
        let times = Timestamp(milliseconds: edges[0])...Timestamp(milliseconds: edges[1])
        for edge in edges {
            #expect(try event(timestamp: String(edge), accepting: times).time == Timestamp(milliseconds: edge))
        }
        #expect(throws: Rejection(.timestamp, .beforeEarliest)) {
            try event(timestamp: String(edges[0] - 1), accepting: times)
        }
        #expect(throws: Rejection(.timestamp, .afterLatest)) {
            try event(timestamp: String(edges[1] + 1), accepting: times)
        }
    }

    @Test func readsAllThree() throws {
        let expected = Event(time: Timestamp(seconds: 1_500), user: try User(parsing: [0x75].span), kind: .impression)
        #expect(try event(event: "impression") == expected)
    }

    @Test(
        arguments: [
            (nil, nil, nil, Rejection(.timestamp, .missing)),
            ("x", "", "x", Rejection(.timestamp, .notDigits)),
            ("999", "", "x", Rejection(.timestamp, .beforeEarliest)),
            ("9999999", nil, nil, Rejection(.timestamp, .afterLatest)),
            (nil, "u", "click", Rejection(.timestamp, .missing)),
            ("1500", nil, nil, Rejection(.user, .missing)),
            ("1500", "", nil, Rejection(.user, .empty)),
            ("1500", "a\0", "x", Rejection(.user, .containsNUL)),
            ("1500", "u", nil, Rejection(.event, .missing)),
            ("1500", "u", "", Rejection(.event, .empty)),
            ("1500", "u", "x", Rejection(.event, .unknownEvent)),
        ] as [(String?, String?, String?, Rejection)]
    )
    func reportsTheFirstInvalidField(timestamp: String?, user: String?, event kind: String?, rejection: Rejection) {
        #expect(throws: rejection) { try event(timestamp: timestamp, user: user, event: kind) }
    }

    @Test(arguments: [
        (FieldValue.Coding.form, "a+b%2B%63", "a b+c"),
        (.json, "a\\u0020b\\n", "a b\n"),
        (.csv, "a\"\"b\"\"\"\"", "a\"b\"\""),
        (.plain, "a+%2B\\n\"\"", "a+%2B\\n\"\""),
    ])
    func decodesEachCoding(coding: FieldValue.Coding, written: String, text: String) throws {
        #expect(try decoded(written, coding) == text)
    }

    @Test(arguments: [
        (FieldValue.Coding.form, Rejection.Reason.invalidPercentEncoding), (.json, .invalidUTF8), (.notText, .notText),
    ])
    func givesTheReasonForAnUndecodableValue(coding: FieldValue.Coding, reason: Rejection.Reason) {
        #expect(throws: Rejection(.user, reason)) { try decoded("a%\\ud800", coding) }
    }

    @Test func takesTheFirstOfARepeatedKey() {
        var fields = EventFields()
        for (number, key) in ["user", "event", "user", "timestamp", "event", "timestamp", "users", ""].enumerated() {
            fields.note(FieldValue(number..<number, .plain), key: Array(key.utf8).span)
        }
        #expect(fields.user?.range == 0..<0)
        #expect(fields.event?.range == 1..<1)
        #expect(fields.timestamp?.range == 3..<3)
    }

    private func event(
        timestamp: String? = "1500",
        user: String? = "u",
        event: String? = "click",
        accepting times: ClosedRange<Timestamp> = times
    ) throws(Rejection) -> Event {
        var bytes: [UInt8] = []
        var fields = EventFields()
        for (key, text) in [("timestamp", timestamp), ("user", user), ("event", event)] {
            guard let text else { continue }
            let start = bytes.count
            bytes += text.utf8
            fields.note(FieldValue(start..<bytes.count, .plain), key: Array(key.utf8).span)
        }
        return try Event(fields, in: bytes.span, accepting: times)
    }

    private func decoded(_ text: String, _ coding: FieldValue.Coding) throws(Rejection) -> String {
        let bytes = Array(text.utf8)
        return try decoding(FieldValue(0..<bytes.count, coding), .user, in: bytes.span) {
            (span) throws(Rejection) in try User(parsing: span).text
        }
    }
}

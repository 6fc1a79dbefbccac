import Analytics
import FoundationEssentials
import Support
import Testing

struct RFC3339Tests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-01-05T10:00:00Z", 1_767_607_200_000),
        ("2026-01-05t10:00:00z", 1_767_607_200_000), ("2026-01-05 11:00:00+01:00", 1_767_607_200_000),
        ("2026-01-05T04:30:00.25-05:30", 1_767_607_200_250), ("2026-01-05T10:00:00.1Z", 1_767_607_200_100),
        ("2026-01-05T10:00:00.1239999999999Z", 1_767_607_200_123), ("2024-02-29T00:00:00-00:00", 1_709_164_800_000),
        ("2000-02-29T23:59:59.999Z", 951_868_799_999), ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999),
        ("1969-12-31T23:00:00-01:00", 0), ("1970-01-01T23:59:00+23:59", 0),
    ])
    func readsTimes(text: String, milliseconds: Int) throws {
        #expect(try Timestamp(rfc3339: text.utf8Span.span).milliseconds == milliseconds)
    }

    /// The last minutes of 2016 in UTC had 61 seconds.
    @Test(arguments: ["2016-12-31T23:59:60Z", "2016-12-31T23:59:60.999Z", "2017-01-01T00:59:60+01:00"])
    func readsALeapSecondAsTheLastMillisecond(text: String) throws {
        #expect(try Timestamp(rfc3339: text.utf8Span.span).milliseconds == 1_483_228_799_999)
    }

    @Test(arguments: [
        "", "2026", "2026-01-05", "2026-01-05T10:00:00", "2026-01-05T10:00Z", "2026-01-05T10:00:00.Z",
        "2026-1-05T10:00:00Z",
        "2026-00-05T10:00:00Z", "2026-13-05T10:00:00Z", "2026-01-00T10:00:00Z", "2026-01-32T10:00:00Z",
        "2026-02-29T10:00:00Z", "1900-02-29T10:00:00Z", "2026-04-31T10:00:00Z", "2026-01-05T24:00:00Z",
        "2026-01-05T10:60:00Z", "2026-01-05T10:00:61Z", "2026-01-05T10:00:60Z", "2026-01-05T23:59:60+01:00",
        "2026-01-05T10:00:00+24:00", "2026-01-05T10:00:00+01:60", "2026-01-05T10:00:00+0100", "2026-01-05T10:00:00+01",
        "2026-01-05T10:00:00ZZ", "2026-01-05T10:00:00 Z", "2026-01-05T10:00:00 01:00", "+2026-01-05T10:00:00Z",
        "2026-01-05T10:00:00,5Z", "2026/01/05T10:00:00Z", "2026-01-05_10:00:00Z", "2026-01-05T-1:00:00Z",
        "２026-01-05T10:00:00Z",
    ])
    func refusesOtherTexts(text: String) {
        #expect(throws: Rejection(.timestamp, .invalidTime)) { try Timestamp(rfc3339: text.utf8Span.span) }
    }

    @Test(arguments: [
        "1969-12-31T23:59:59.999Z", "1970-01-01T00:59:00+01:00", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59-00:01",
    ])
    func refusesTimesBeyondTheRange(text: String) {
        #expect(throws: Rejection(.timestamp, .outOfRange)) { try Timestamp(rfc3339: text.utf8Span.span) }
    }

    @Test func readsWhatIsWritten() throws {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<2_000 {
            let seconds = Int.random(in: 0...253_402_300_799, using: &random)
            let text = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
            #expect(try Timestamp(rfc3339: text.utf8Span.span) == Timestamp(seconds: seconds), "\(text)")
        }
    }
}

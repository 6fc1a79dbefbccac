import Analytics
import Ingest
import Support
import Testing

struct BulkTests {
    private static let formats: [Bulk.Format] = [.csv, .ndjson, .jsonArray]

    @Test(arguments: formats)
    func takesAsManyAsAllowed(format: Bulk.Format) throws {
        let bulk = try Bulk(reading: body(format, events: 3), format, limit: 3)
        #expect(bulk.events == [Event](repeating: .sample(at: 5_000), count: 3))
        #expect(bulk.rejected == 0)
    }

    @Test(arguments: formats, [4, 5, 1_000])
    func refusesMoreThanAllowed(format: Bulk.Format, events: Int) {
        #expect(throws: Bulk.Failure.tooManyEvents(limit: 3)) {
            try Bulk(reading: body(format, events: events), format, limit: 3)
        }
    }

    @Test(arguments: formats)
    func countsOnlyValidEventsAgainstTheLimit(format: Bulk.Format) throws {
        let bulk = try Bulk(reading: body(format, events: 3, rejected: 10), format, limit: 3)
        #expect(bulk.events.count == 3)
        #expect(bulk.rejected == 10)
    }

    @Test(arguments: formats, [99, 100, 101, 1_000])
    func listsAHundredErrorsAndCountsAll(format: Bulk.Format, rejected: Int) throws {
        let bulk = try Bulk(reading: body(format, events: 1, rejected: rejected), format)
        #expect(bulk.events.count == 1)
        #expect(bulk.rejected == rejected)
        #expect(bulk.errors.count == min(rejected, 100))
        let first = format == .csv ? 3 : 2
        #expect(bulk.errors.map(\.line) == Array((first..<first + rejected).prefix(100)))
    }

    @Test(arguments: formats)
    func countsEachInvalidEvent(format: Bulk.Format) throws {
        let lines = [
            ("x", "a", "click"), ("5", "", "click"), ("5", "a", "klick"), ("y", "a", "click"), ("9", "a", "click"),
        ]
        let bulk = try Bulk(reading: body(format, lines), format, accepting: 0...8)
        #expect(bulk.events.isEmpty)
        #expect(
            bulk.rejections == [
                Rejection(.timestamp, .notDigits): 2,
                Rejection(.user, .empty): 1,
                Rejection(.event, .unknownEvent): 1,
                Rejection(.timestamp, .afterLatest): 1,
            ]
        )
        #expect(bulk.rejected == 5)
        #expect(bulk.errors[4].rejection == Rejection(.timestamp, .afterLatest))
    }

    @Test(arguments: formats)
    func keepsTheOrder(format: Bulk.Format) throws {
        let lines = (0..<50).map { (String($0), "user \($0)", $0 % 2 == 0 ? "click" : "impression") }
        let bulk = try Bulk(reading: body(format, lines), format)
        #expect(
            bulk.events
                == (0..<50).map {
                    .sample(at: $0 * 1_000, user: "user \($0)", kind: $0 % 2 == 0 ? .click : .impression)
                }
        )
    }

    private func body(_ format: Bulk.Format, events: Int, rejected: Int = 0) -> String {
        let good = [(String, String, String)](repeating: ("5", "a", "click"), count: events)
        let bad = [(String, String, String)](repeating: ("5", "a", "klick"), count: rejected)
        return body(format, good.prefix(1) + bad + good.dropFirst())
    }

    private func body(_ format: Bulk.Format, _ lines: [(String, String, String)]) -> String {
        let objects = lines.map { #"{"timestamp":"\#($0)","user":"\#($1)","event":"\#($2)"}"# }
        return switch format {
        case .csv: "timestamp,user,event\n" + lines.map { "\($0),\($1),\($2)\n" }.joined()
        case .ndjson: objects.map { $0 + "\n" }.joined()
        case .jsonArray: "[" + objects.joined(separator: ",") + "]"
        }
    }
}

import Support
import Testing

@testable import Postgres

@Suite(.server)
struct PostgresTimestampTests {
    /// The first and the last moment of PostgreSQL's range, and some between; as ISO 8601 has them.
    @Test(arguments: [
        ("2024-02-29 05:30:45.6789+00", "2024-02-29T05:30:45.6789"), ("2000-01-01 00:00:00+00", "2000-01-01T00:00:00"),
        ("0044-03-15 12:00:00+00 BC", "-000043-03-15T12:00:00"), ("0001-02-29 00:00:00+00 BC", "0000-02-29T00:00:00"),
        ("4714-11-24 00:00:00+00 BC", "-004713-11-24T00:00:00"), ("0001-01-01 00:00:00+00", "0001-01-01T00:00:00"),
        ("294276-12-31 23:59:59.999999+00", "+294276-12-31T23:59:59.999999"), ("infinity", "infinity"),
        ("-infinity", "-infinity"),
    ])
    func isReturnedAndWritten(text: String, written: String) async throws {
        let timestamp = try #require(PostgresTimestamp(text: text))
        #expect(timestamp.description == written)
        #expect(timestamp.isFinite == !text.hasSuffix("infinity"))
        try await TestServer.withConnection { connection in
            let echo = try await connection.echo(timestamp)
            #expect(echo == (timestamp, text))
            #expect(try await connection.execute(Read<PostgresTimestamp>(text: text)) == [timestamp])
        }
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func readsAndWritesAnyMoment(seed: UInt64) async throws {
        try await TestServer.withConnection { connection in
            var generator = SeededGenerator(seed: seed)
            for _ in 0..<500 {
                // Half of them lie within the years that have four digits.
                let range =
                    Bool.random(using: &generator)
                    ? -211_813_488_000_000_000..<9_223_371_331_200_000_000
                    : -63_082_281_600_000_000..<252_455_616_000_000_000
                let number = Int.random(in: range, using: &generator)
                let timestamp = PostgresTimestamp(microseconds: number)
                let (echo, text) = try await connection.echo(timestamp)
                #expect(echo == timestamp)
                #expect(PostgresTimestamp(text: text ?? "") == timestamp)
                let form = PostgresQuery("SELECT to_json($1::timestamptz)::text", Parameters(timestamp))
                let json = try await connection.execute(form) { row in try row.decode(String.self) }
                if -63_082_281_600_000_000..<252_455_616_000_000_000 ~= number {
                    #expect(json == ["\"\(timestamp)+00:00\""])
                }
            }
        }
    }

    @Test(arguments: [Int.min, .min + 1, -211_813_488_000_000_001, 9_223_371_331_200_000_000, .max - 1, .max])
    func isDescribedOutsideOfTheRangeToo(microseconds: Int) {
        #expect(!PostgresTimestamp(microseconds: microseconds).description.isEmpty)
    }

    @Test(arguments: ["Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Africa/Monrovia"])
    func readsTheTimesOfOtherZones(zone: String) async throws {
        try await TestServer.withConnection(setup: "SET timezone = '\(zone)'") { connection in
            for number in [-9_000_000_000_000_000, -3_000_000_000_000_000, 0, 800_000_000_000_001] {
                let timestamp = PostgresTimestamp(microseconds: number)
                let text = try await connection.echo(timestamp).text
                #expect(PostgresTimestamp(text: text ?? "") == timestamp)
            }
        }
    }

    @Test(arguments: [
        "", "now", "Infinity", "2024-02-30 00:00:00", "2023-02-29 00:00:00", "0000-01-01 00:00:00",
        "2024-13-01 00:00:00",
        "2024-00-01 00:00:00", "2024-01-00 00:00:00", "2024-01-01", "2024-01-01 24:00:00", "2024-01-01 00:60:00",
        "2024-01-01 00:00:60", "2024-01-01 00:00", "2024-01-01 00:00:00.", "2024-01-01 00:00:00.1234567",
        "2024-01-01 00:00:00+1", "2024-01-01 00:00:00+00:0", "2024-01-01 00:00:00 UTC", "2024-01-01T00:00:00",
        "99999999-01-01",
        "2024-01-01 00:00:00+00 BC BC", "29.02.2024 05:30:45 CET", "02/29/2024 05:30:45", "Thu Feb 29 05:30:45 2024",
        "5874897-12-31 00:00:00", "-2024-01-01 00:00:00", "٢٠٢٤-01-01 00:00:00", "294277-01-10 00:00:00",
    ])
    func refusesOtherTexts(text: String) {
        #expect(PostgresTimestamp(text: text) == nil)
    }

    @Test(arguments: [
        ("2024-02-29", "2024-02-29"), ("1969-12-31", "1969-12-31"), ("0044-03-15 BC", "-000043-03-15"),
        ("4714-11-24 BC", "-004713-11-24"), ("5874897-12-31", "+5874897-12-31"), ("10000-01-01", "+010000-01-01"),
        ("9999-12-31", "9999-12-31"), ("infinity", "infinity"), ("-infinity", "-infinity"),
    ])
    func datesAreReturnedAndWritten(text: String, written: String) async throws {
        let date = try #require(PostgresDate(text: text))
        #expect(date.description == written)
        #expect(date.isFinite == !text.hasSuffix("infinity"))
        try await TestServer.withConnection { connection in
            let echo = try await connection.echo(date)
            #expect(echo == (date, text))
            #expect(try await connection.execute(Read<PostgresDate>(text: text)) == [date])
        }
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func readsAndWritesAnyDate(seed: UInt64) async throws {
        try await TestServer.withConnection { connection in
            var generator = SeededGenerator(seed: seed)
            for round in 0..<500 {
                // Every other day lies within a few centuries.
                let range: ClosedRange<Int32> =
                    round.isMultiple(of: 2) ? -2_451_545...2_145_031_948 : -200_000...100_000
                let date = PostgresDate(days: Int32.random(in: range, using: &generator))
                let (echo, text) = try await connection.echo(date)
                #expect(echo == date)
                #expect(PostgresDate(text: text ?? "") == date)
                #expect(text?.utf8.count != 10 || text == date.description)
            }
        }
    }

    @Test(arguments: ["", "2024-02-30", "2024-1-01", "2024-01-01 ", "2024-01-01 00:00:00", "01.01.2024", "INFINITY"])
    func refusesOtherTextsOfDates(text: String) {
        #expect(PostgresDate(text: text) == nil)
    }

    @Test(arguments: [nil, [], [0, 0, 0], Array(repeating: 0, count: 8)] as [[UInt8]?])
    func refusesOtherBytesOfDates(bytes: [UInt8]?) {
        #expect(throws: PostgresDecodingError.self) { try PostgresDate.decoded(bytes) }
    }

    @Test(arguments: [Int32.min, .min + 1, .max - 1, .max])
    func datesAreDescribedOutsideOfTheRangeToo(days: Int32) {
        #expect(!PostgresDate(days: days).description.isEmpty)
    }
}

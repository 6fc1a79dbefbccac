import FoundationEssentials
import Support
import Testing

@testable import Postgres

@Suite(.server)
struct DateTests {
    /// The microseconds of a moment since 2000, and how PostgreSQL writes it.
    @Test(arguments: [
        (0, "2000-01-01 00:00:00+00"), (1, "2000-01-01 00:00:00.000001+00"), (-1, "1999-12-31 23:59:59.999999+00"),
        (-946_684_800_000_000, "1970-01-01 00:00:00+00"), (-946_684_800_000_001, "1969-12-31 23:59:59.999999+00"),
        (762_499_845_678_901, "2024-02-29 05:30:45.678901+00"),
        (-4_000_000_000_000_001, "1873-03-30 16:53:19.999999+00"),
        (-63_113_904_000_000_000, "0001-01-01 00:00:00+00 BC"),
    ])
    func isReturnedAndWritten(microseconds: Int, text: String) async throws {
        let timestamp = PostgresTimestamp(microseconds: microseconds)
        let date = try Date.decoded(timestamp.encoded)
        let difference = date.timeIntervalSince1970 - (Double(microseconds) / 1_000_000 + 946_684_800)
        #expect(difference.magnitude < 0.000_001)
        try await TestServer.withConnection { connection in
            let (echo, written) = try await connection.echo(date)
            #expect(echo == date)
            #expect(written == text)
            #expect(try await connection.execute(Read<Date>(text: text)) == [date])
            #expect(try await connection.execute(Read<PostgresTimestamp>(text: text)) == [timestamp])
        }
        #expect(PostgresTimestamp(text: text) == timestamp)
    }

    /// Whole microseconds survive for 140 years on either side of 2001, and dates of any kind are rounded to them.
    @Test(arguments: 0..<4 as Range<UInt64>)
    func keepsMicroseconds(seed: UInt64) async throws {
        try await TestServer.withConnection { connection in
            var generator = SeededGenerator(seed: seed)
            for _ in 0..<500 {
                let number = Int.random(in: -4_400_000_000_000_000...4_400_000_000_000_000, using: &generator)
                let timestamp = PostgresTimestamp(microseconds: number)
                let date = try Date.decoded(timestamp.encoded)
                #expect(date.encoded == timestamp.encoded)
                let (echo, text) = try await connection.echo(date)
                #expect(echo == date)
                #expect(PostgresTimestamp(text: text ?? "") == timestamp)
            }
        }
    }

    @Test func roundsToMicroseconds() throws {
        for (interval, microseconds) in [(0.000_000_6, 1), (0.000_000_4, 0), (-0.000_000_6, -1), (-0.000_000_4, 0)] {
            let epoch = 366 * 86_400 * 1_000_000
            let date = Date(timeIntervalSinceReferenceDate: interval)
            #expect(date.encoded == PostgresTimestamp(microseconds: epoch + microseconds).encoded)
        }
    }

    @Test(
        arguments: [
            .nan, .infinity, -.infinity, .greatestFiniteMagnitude, 1e13, -1e13, 9_223_372_036_854, -9_223_372_036_854,
            9.3e12,
            -9.3e12, -300_000_000_000,
        ] as [Double]
    )
    func isRefusedByTheServerOutsideOfItsRange(interval: Double) async throws {
        try await TestServer.withConnection { connection in
            let error = try await #require(throws: PostgresError.self) {
                try await connection.execute(Echo(value: Date(timeIntervalSinceReferenceDate: interval)))
            }
            #expect(error.state == "22008" && error.state.isValueError)
            #expect(await connection.isUsable)
        }
    }

    @Test func isNoInfinity() async throws {
        for text in ["infinity", "-infinity"] {
            try await TestServer.withConnection { connection in
                try await #require(throws: PostgresDecodingError.self) {
                    try await connection.execute(Read<Date>(text: text))
                }
                #expect(await connection.isUsable)
            }
        }
    }

    @Test(arguments: [nil, [], [0, 0, 0, 0], Array(repeating: 0, count: 9)] as [[UInt8]?])
    func refusesOtherBytes(bytes: [UInt8]?) {
        #expect(throws: PostgresDecodingError.self) { try Date.decoded(bytes) }
        #expect(throws: PostgresDecodingError.self) { try PostgresTimestamp.decoded(bytes) }
    }
}

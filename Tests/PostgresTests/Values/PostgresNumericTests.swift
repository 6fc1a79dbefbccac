import Support
import Testing

@testable import Postgres

@Suite(.server)
struct PostgresNumericTests {
    @Test(arguments: [
        "0", "0.0", "0.000000", "1", "-1", "9999", "10000", "99999999", "100000000", "0.1", "0.0001", "0.00001",
        "-0.00000001", "12345.6789", "10000.0001", "999999999999.999999", "-999999999999.999999", "0.000001",
        "123456789012.345678", "1000000000000000000000000", "10000000000000000.00000000000000010", "NaN", "Infinity",
        "-Infinity", "1." + String(repeating: "0", count: 500) + "1",
    ])
    func isReturnedAndWritten(text: String) async throws {
        let number = try #require(PostgresNumeric(text))
        #expect(number.description == text)
        try await TestServer.withConnection { connection in
            let (echo, written) = try await connection.echo(number)
            #expect(echo == number)
            #expect(written == text)
            #expect(try await connection.execute(Read<PostgresNumeric>(text: text)) == [number])
        }
    }

    @Test(arguments: [
        "9" + String(repeating: "0", count: 131_071), "-" + String(repeating: "9", count: 131_072),
        "0." + String(repeating: "0", count: 16_382) + "1",
        String(repeating: "7", count: 131_072) + "." + String(repeating: "3", count: 16_383),
    ])
    func isReturnedInEveryLength(text: String) async throws {
        let number = try #require(PostgresNumeric(text))
        let (echo, written) = try await TestServer.withConnection { try await $0.echo(number) }
        // Compared without showing the digits.
        #expect((echo == number) == true)
        #expect((written == text) == true)
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func keepsEveryDigit(seed: UInt64) async throws {
        try await TestServer.withConnection { connection in
            var generator = SeededGenerator(seed: seed)
            for _ in 0..<500 {
                let text = Self.text(&generator)
                let number = try #require(PostgresNumeric(text))
                let (echo, written) = try await connection.echo(number)
                #expect(echo == number)
                #expect(written == number.description)
                // The server reads the text as given alike, with its zeros and signs.
                #expect(try await connection.execute(Read<PostgresNumeric>(text: text)) == [number])
                #expect(try PostgresNumeric.decoded(number.encoded) == number)
            }
        }
    }

    /// A text of up to 40 digits on either side of the point, many of them zeros.
    private static func text(_ generator: inout SeededGenerator) -> String {
        func digits() -> String {
            (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                Bool.random(using: &generator) ? "0" : "\(Int.random(in: 0...9, using: &generator))"
            }.joined()
        }
        let sign = ["", "-", "+"].randomElement(using: &generator) ?? ""
        let (whole, fraction) = (digits(), digits())
        return sign + (whole + fraction == "" ? "0" : whole) + (fraction == "" ? "" : ".\(fraction)")
    }

    @Test(arguments: [
        ("007", "7"), ("-0", "0"), ("-0.00", "0.00"), ("+1.50", "1.50"), (".5", "0.5"), ("-.5", "-0.5"), ("5.", "5"),
        ("000.100", "0.100"),
    ])
    func isWrittenAsPostgreSQLWritesIt(text: String, written: String) async throws {
        #expect(PostgresNumeric(text)?.description == written)
        #expect(
            try await TestServer.withConnection { try await $0.execute(Read<PostgresNumeric>(text: text)) }
                == [PostgresNumeric(checked: written)]
        )
    }

    @Test(arguments: [
        "", "-", "+", ".", "-.", "1e5", "1,5", "1.2.3", "--1", "+-1", " 1", "1 ", "0x10", "nan", "inf", "+Infinity",
        "١",
        "1_000", "½", "1\0", String(repeating: "1", count: 131_073), "0." + String(repeating: "0", count: 16_384),
    ])
    func refusesOtherTexts(text: String) {
        #expect(PostgresNumeric(text) == nil)
    }

    @Test(
        arguments: [
            (0, 6, "0.000000"), (1, 6, "0.000001"), (-1, 6, "-0.000001"), (1_500_000, 6, "1.500000"), (7, 0, "7"),
            (.max, 0, "9223372036854775807"), (.min, 0, "-9223372036854775808"), (.min, 6, "-9223372036854.775808"),
            (.max, 19, "0.9223372036854775807"), (.min, 20, "-0.09223372036854775808"),
            (999_999_999_999_999_999, 6, "999999999999.999999"), (-999_999_999_999_999_999, 6, "-999999999999.999999"),
        ] as [(Int, UInt8, String)]
    )
    func convertsUnits(units: Int, scale: UInt8, text: String) {
        let number = PostgresNumeric(units: units, scale: scale)
        #expect(number.description == text)
        #expect(number.units(scale: scale) == units)
    }

    @Test(
        arguments: [
            ("1.5", 6, 1_500_000), ("1.5000000", 6, 1_500_000), ("1.50000001", 6, nil), ("-0.5", 0, nil),
            ("-7", 2, -700),
            ("9223372036854775808", 0, nil), ("-9223372036854775808", 0, .min), ("9223372036854775807", 1, nil),
            ("NaN", 6, nil), ("Infinity", 6, nil), ("-Infinity", 6, nil), ("0", 255, 0),
        ] as [(String, UInt8, Int?)]
    )
    func convertsToUnitsExactlyOrNotAtAll(text: String, scale: UInt8, units: Int?) throws {
        #expect(try #require(PostgresNumeric(text)).units(scale: scale) == units)
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func convertsAnyUnits(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<1_000 {
            let units = Int(truncatingIfNeeded: generator.next()) >> Int.random(in: 0..<64, using: &generator)
            let scale = UInt8.random(in: 0...255, using: &generator)
            let number = PostgresNumeric(units: units, scale: scale)
            #expect(PostgresNumeric(number.description) == number)
            #expect(number.units(scale: scale) == units)
        }
    }

    @Test(
        arguments: [
            nil, [], [0, 0, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0, 0, 0],
            // More digits than announced; a digit of 10 000; an unknown sign; too great a scale.
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 1], [0, 1, 0, 0, 0, 0, 0, 0, 0x27, 0x10], [0, 0, 0, 0, 0x80, 0, 0, 0],
            [0, 0, 0, 0, 0, 0, 0x40, 0], [0, 0, 0, 0, 0, 0, 0xFF, 0xFF],
        ] as [[UInt8]?]
    )
    func refusesOtherBytes(bytes: [UInt8]?) {
        #expect(throws: PostgresDecodingError.self) { try PostgresNumeric.decoded(bytes) }
    }

    /// Damaged bytes give a number or an error, never a trap.
    @Test(arguments: 0..<4 as Range<UInt64>)
    func readsAnyBytes(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            var bytes =
                (0..<Int.random(in: 0...5, using: &generator)).flatMap { _ in
                    [[0, 0], [0x27, 0x0F], [0x7F, 0xFF], [0x80, 0], [0x40, 0], [0, 4]].randomElement(using: &generator)
                        ?? []
                } as [UInt8]
            bytes = [0, UInt8(max(0, bytes.count / 2 - 3))] + bytes
            guard let number = try? PostgresNumeric.decoded(bytes) else { continue }
            #expect(PostgresNumeric(number.description) == number)
        }
    }
}

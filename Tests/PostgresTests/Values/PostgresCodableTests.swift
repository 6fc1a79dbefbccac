import FoundationEssentials
import Testing

@testable import Postgres

@Suite(.server)
struct PostgresCodableTests {
    @Test(arguments: [0, 1, -1, 255, 256, 1 << 31, .max, .min])
    func returnsAnInteger(value: Int) async throws {
        #expect(try await answer(to: EchoInt(value: value)) == value)
    }

    @Test(arguments: [0, 1, -1, 65_536, .max, .min] as [Int32])
    func takesAnIntegerOfFourBytes(value: Int32) async throws {
        #expect(try await answer(to: EchoInt32(value: value)) == "\(value)")
    }

    @Test(arguments: [0, 1, -1, 256, .max, .min] as [Int16])
    func takesAnIntegerOfTwoBytes(value: Int16) async throws {
        #expect(try await answer(to: EchoInt16(value: value)) == "\(value)")
    }

    @Test func readsIntegersOfEverySize() async throws {
        #expect(
            try await answer(to: Extremes()) == [-32_768, 32_767, -2_147_483_648, 2_147_483_647, .min, .max]
        )
    }

    @Test(arguments: ["t", "f"])
    func readsBooleans(value: String) async throws {
        #expect(try await answer(to: Truth(value: value)) == (value == "t"))
    }

    /// Together the texts contain every byte that UTF-8 allows, except NUL.
    @Test(arguments: [
        "",
        "'; DROP TABLE event; -- \\ \" $1",
        String(String.UnicodeScalarView((1...0x7FF).compactMap(Unicode.Scalar.init))),
        String(
            String.UnicodeScalarView(stride(from: 0x800, through: 0x10_FFFF, by: 0x7FF).compactMap(Unicode.Scalar.init))
        ),
        "e\u{301} is not \u{E9}, \u{FEFF}, \u{FFFF}, \u{10FFFF}, \u{1F468}\u{200D}\u{1F469}",
        String(repeating: "long ", count: 100_000),
    ])
    func returnsAText(value: String) async throws {
        let answer = try await answer(to: EchoText(value: value))
        // Swift's strings are equal if canonically equivalent, so the bytes are compared.
        #expect(answer.map { Array($0.utf8) } == Array(value.utf8))
    }

    @Test func refusesATextWithNUL() async throws {
        try await TestServer.withConnection { connection in
            let error = try await #require(throws: PostgresError.self) {
                try await connection.execute(EchoText(value: "a\0b"))
            }
            #expect(error.state == "22021")
            #expect(await connection.isUsable)
        }
    }

    @Test(arguments: [
        "00000000-0000-0000-0000-000000000000", "01234567-89ab-cdef-fedc-ba9876543210",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
    ])
    func returnsAUUID(text: String) async throws {
        let value = try #require(UUID(uuidString: text))
        let (echo, written) = try await answer(to: Echo(value: value))
        #expect(echo == value)
        #expect(written == text)
    }

    @Test(arguments: [nil, [], Array(repeating: 0, count: 15), Array(repeating: 0, count: 17)] as [[UInt8]?])
    func refusesOtherBytesThanAUUID(bytes: [UInt8]?) {
        #expect(throws: PostgresDecodingError.self) { try UUID.decoded(bytes) }
    }

    @Test(arguments: [[], [0], Array(0...255)] as [[UInt8]])
    func returnsBytes(value: [UInt8]) async throws {
        #expect(try await answer(to: Echo(value: value)).value == value)
        #expect(try await answer(to: Echo<[UInt8]>(value: nil)).value == nil)
    }

    @Test(arguments: [
        [], [""], ["one"], ["NULL", "null", "{}", "{a,b}"], ["a \"quote\"", "back\\slash", "comma, 'and'", " \t\n"],
        ["é", "e\u{301}", "日本語", "\u{1F600}"], (0..<2_000).map { "element \($0)" },
    ])
    func takesAnArrayOfTexts(value: [String]) async throws {
        let answer = try await TestServer.withConnection { try await $0.execute(Elements(value: value)) }
        #expect(answer.map { Array($0.utf8) } == value.map { Array($0.utf8) })
    }

    @Test func takesArraysOfNumbers() async throws {
        var arrays = Arrays()
        for number in [0, -1, .max, .min] { arrays.bigints.append(number) }
        for number: Int32 in [0, -1, .max, .min] { arrays.integers.append(number) }
        for number: Int16 in [0, -1, .max, .min] { arrays.smallints.append(number) }
        for number in [0, -1, 1_000_000] { arrays.times.append(number) }
        #expect(
            try await answer(to: arrays) == """
                {0,-1,9223372036854775807,-9223372036854775808} {0,-1,2147483647,-2147483648} {0,-1,32767,-32768} \
                {"2000-01-01 00:00:00+00","1999-12-31 23:59:59.999999+00","2000-01-01 00:00:01+00"}
                """
        )
        #expect(try await answer(to: Arrays()) == "{} {} {} {}")
    }

    @Test func tellsAnEmptyArrayFromNone() async throws {
        #expect(try await answer(to: ElementCount(value: [])) == 0)
        #expect(try await answer(to: ElementCount(value: nil)) == nil)
    }

    @Test func tellsAnEmptyTextFromNone() async throws {
        #expect(try await answer(to: EchoText(value: "")) == "")
        #expect(try await answer(to: EchoText(value: nil)) == nil)
    }

    /// The first row of the answer.
    private func answer<S: Statement>(to statement: S) async throws -> S.Row {
        let rows = try await TestServer.withConnection { try await $0.execute(statement) }
        #expect(rows.count == 1)
        return try #require(rows.first)
    }
}

private struct EchoInt: Statement {
    typealias Row = Int
    static let sql = "SELECT $1::bigint"
    let value: Int
    var parameters: Parameters { Parameters(value) }
}

private struct EchoInt32: Statement {
    typealias Row = String
    static let sql = "SELECT $1::integer::text"
    let value: Int32
    var parameters: Parameters { Parameters(value) }
}

private struct EchoInt16: Statement {
    typealias Row = String
    static let sql = "SELECT $1::smallint::text"
    let value: Int16
    var parameters: Parameters { Parameters(value) }
}

private struct Extremes: Statement {
    static let sql = """
        SELECT '-32768'::smallint, '32767'::smallint, '-2147483648'::integer, '2147483647'::integer,
            '-9223372036854775808'::bigint, '9223372036854775807'::bigint
        """
    let parameters = Parameters()
    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> [Int] {
        let (a, b, c, d, e, f) = try row.decode((Int, Int, Int, Int, Int, Int).self)
        return [a, b, c, d, e, f]
    }
}

private struct Truth: Statement {
    typealias Row = Bool
    static let sql = "SELECT $1::text::boolean"
    let value: String
    var parameters: Parameters { Parameters(value) }
}

private struct EchoText: Statement {
    typealias Row = String?
    static let sql = "SELECT $1::text"
    let value: String?
    var parameters: Parameters { Parameters(value) }
}

private struct Elements: Statement {
    typealias Row = String
    static let sql = "SELECT element FROM unnest($1::text[]) WITH ORDINALITY AS t (element, place) ORDER BY place"
    let value: [String]
    var parameters: Parameters { Parameters(PostgresArray(value)) }
}

private struct ElementCount: Statement {
    typealias Row = Int?
    static let sql = "SELECT cardinality($1::text[])"
    let value: [String]?
    var parameters: Parameters { Parameters(value.map { PostgresArray($0) }) }
}

private struct Arrays: Statement {
    typealias Row = String
    static let sql = "SELECT concat_ws(' ', $1::bigint[], $2::integer[], $3::smallint[], $4::timestamptz[])"
    var bigints = PostgresArray(of: .bigint)
    var integers = PostgresArray(of: .integer)
    var smallints = PostgresArray(of: .smallint)
    var times = PostgresArray(of: .timestamptz)
    var parameters: Parameters { Parameters(bigints, integers, smallints, times) }
}

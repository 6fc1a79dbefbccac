import Support
import Testing

@testable import Postgres

@Suite(.server)
struct DoubleTests {
    @Test(arguments: [
        (0, "0"), (-0.0, "-0"), (0.1, "0.1"), (-1.5, "-1.5"), (.infinity, "Infinity"), (-.infinity, "-Infinity"),
        (.greatestFiniteMagnitude, "1.7976931348623157e+308"), (.leastNormalMagnitude, "2.2250738585072014e-308"),
        (.leastNonzeroMagnitude, "5e-324"), (-.leastNonzeroMagnitude, "-5e-324"), (.nan, "NaN"),
        (9_007_199_254_740_992, "9.007199254740992e+15"), (1e23, "9.999999999999999e+22"),
    ])
    func isReturnedAndWritten(value: Double, text: String) async throws {
        let (echo, written) = try await TestServer.withConnection { try await $0.echo(value) }
        #expect(written == text)
        let double = try #require(echo)
        #expect(value.isNaN ? double.isNaN : double.bitPattern == value.bitPattern)
        // The text of an unknown column gives the same number.
        guard case .double(let read) = try PostgresValue(text: text, type: .double) else {
            Issue.record("no double")
            return
        }
        #expect(value.isNaN ? read.isNaN : read.bitPattern == value.bitPattern)
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func keepsEveryBit(seed: UInt64) async throws {
        try await TestServer.withConnection { connection in
            var generator = SeededGenerator(seed: seed)
            for _ in 0..<500 {
                let value = Double(bitPattern: generator.next())
                let (echo, text) = try await connection.echo(value)
                #expect(value.isNaN ? echo?.isNaN == true : echo?.bitPattern == value.bitPattern)
                let read = try PostgresValue(text: text ?? "", type: .double)
                #expect(value.isNaN || read == .double(value))
            }
        }
    }

    @Test func readsAReal() async throws {
        let query = PostgresQuery("SELECT x::real FROM unnest(ARRAY['0.1', '-0', 'NaN', 'Infinity', '1e-45']) x")
        let values = try await TestServer.withConnection { connection in
            try await connection.execute(query) { row in try row.decode(Double.self) }
        }
        #expect(values[0] == Double(Float(0.1)))
        #expect(values[1].sign == .minus && values[1] == 0)
        #expect(values[2].isNaN)
        #expect(values[3] == .infinity)
        #expect(values[4] == Double(Float.leastNonzeroMagnitude))
    }

    @Test(arguments: [[], [1], [0, 0], Array(repeating: 0, count: 9), nil] as [[UInt8]?])
    func refusesOtherBytes(bytes: [UInt8]?) throws {
        #expect(throws: PostgresDecodingError.self) { try Double.decoded(bytes) }
    }
}

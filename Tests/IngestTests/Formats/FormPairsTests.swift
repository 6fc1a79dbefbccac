import Analytics
import Ingest
import Support
import Testing

struct FormPairsTests {
    private struct Pair: Equatable {
        var key: [UInt8]
        var value: [UInt8]?
    }

    @Test(arguments: [
        ("", []), ("&", [""]), ("&&", ["", ""]), ("a", ["a"]), ("a=", ["a"]), ("=", [""]),
        ("a&b=c&&=", ["a", "b", "", ""]),
        ("a=b=c&d", ["a", "d"]), ("a%3Db=c", ["a=b"]), ("%zz=a&b=c", ["b"]), ("a+b=c", ["a b"]),
    ])
    func iteratesOverEachKey(query: String, keys: [String]) {
        #expect(pairs(of: Array(query.utf8)).map { String(decoding: $0.key, as: UTF8.self) } == keys)
    }

    @Test(arguments: [
        ("a", ""), ("a=", ""), ("a=b", "b"), ("a=b=c", "b=c"), ("a==", "="), ("a%3Db=c", "c"), ("a=b+c", "b c"),
        ("=b", "b"),
    ])
    func findsTheValue(query: String, value: String) {
        #expect(pairs(of: Array(query.utf8)).map(\.value) == [Array(value.utf8)])
    }

    @Test func hasNoValueWhenAPercentIsBroken() {
        #expect(pairs(of: Array("a=%4".utf8)) == [Pair(key: Array("a".utf8), value: nil)])
    }

    @Test func lendsAPlainValueWithoutCopying() {
        var codings: [FieldValue.Coding] = []
        forEachPair(of: Array("a=b&a=%62&%61=b".utf8).span) { _, value in codings.append(value.coding) }
        #expect(codings == [.plain, .form, .form])
    }

    @Test(arguments: 0..<50)
    func readsBackEveryEncoding(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let expected = (0..<Int.random(in: 1...20, using: &random)).map { _ in
            Pair(key: bytes(using: &random), value: bytes(using: &random))
        }
        var query: [UInt8] = []
        for (index, pair) in expected.enumerated() {
            if index > 0 { query.append(UInt8(ascii: "&")) }
            encode(pair.key, into: &query, using: &random)
            query.append(UInt8(ascii: "="))
            encode(pair.value ?? [], into: &query, using: &random)
        }
        #expect(pairs(of: query) == expected)
    }

    @Test(arguments: 0..<50)
    func survivesAnyBytes(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let alphabet = Array("%%%&&==+aZ09\0é".utf8)
        for _ in 0..<200 {
            let query = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            }
            let ampersands = query.count { $0 == UInt8(ascii: "&") }
            #expect(pairs(of: query).count <= ampersands + 1)
        }
    }

    private func pairs(of query: [UInt8]) -> [Pair] {
        var pairs: [Pair] = []
        forEachPair(of: query.span) { key, value in
            var pair = Pair(key: copy(of: key), value: nil)
            // A value that cannot be decoded is nil in the test cases.
            pair.value = try? decoding(value, .user, in: query.span) { (span) throws(Rejection) in copy(of: span) }
            pairs.append(pair)
        }
        return pairs
    }

    private func copy(of span: Span<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        for index in span.indices { bytes.append(span[index]) }
        return bytes
    }

    private func bytes(using random: inout SeededGenerator) -> [UInt8] {
        (0..<Int.random(in: 0...12, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    /// Percent-encodes reserved bytes, and at random others, with digits in either case.
    private func encode(_ bytes: [UInt8], into query: inout [UInt8], using random: inout SeededGenerator) {
        for byte in bytes {
            let mustBeEncoded = "%&=+".utf8.contains(byte) || byte < 0x20
            if byte == UInt8(ascii: " "), Bool.random(using: &random) {
                query.append(UInt8(ascii: "+"))
            } else if mustBeEncoded || Int.random(in: 0..<3, using: &random) == 0 {
                let digits = String(byte, radix: 16, uppercase: Bool.random(using: &random))
                query += (digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)").utf8
            } else {
                query.append(byte)
            }
        }
    }
}

import Support
import Testing

@testable import HTTP

struct ProxyHeaderTests {
    private func parse(_ bytes: [UInt8]) throws(ProxyHeader.Malformed) -> ProxyHeader? {
        try ProxyHeader(parsing: bytes.span)
    }

    private func expect(_ header: [UInt8], names client: String?) throws {
        let announced = try client.map { Peer.Announced.client(try #require(ClientAddress($0))) } ?? .nobody
        let expected = ProxyHeader(announced, length: header.count)
        #expect(try parse(header) == expected)
        #expect(try parse(header + Array("GET / HTTP/1.1\r\n".utf8)) == expected)
        for count in 0..<header.count { #expect(try parse(Array(header[..<count])) == nil) }
    }

    private func expect(_ bytes: [UInt8], throws error: ProxyHeader.Malformed) {
        #expect(throws: error) { _ = try parse(bytes) }
    }

    @Test(arguments: [
        ("TCP4 192.0.2.1 198.51.100.1 56324 443", "192.0.2.1"), ("TCP4 0.0.0.0 255.255.255.255 0 65535", "0.0.0.0"),
        ("TCP6 2001:DB8::1 ::1 1 2", "2001:db8::1"), ("TCP6 ::ffff:192.0.2.1 ::1 1 2", "192.0.2.1"),
        ("UNKNOWN", nil), ("UNKNOWN ", nil), ("UNKNOWN anything 1 2", nil),
        ("UNKNOWN " + String(repeating: "f", count: 91), nil),
        (
            "TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535",
            "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
        ),
    ])
    func aLineNamesTheClient(line: String, client: String?) throws {
        try expect(Array("PROXY \(line)\r\n".utf8), names: client)
    }

    @Test(arguments: [
        "PROXY \r\n", "PROXY TCP4\r\n", "PROXY TCP4 192.0.2.1 198.51.100.1 56324\r\n", "PROXY UNKNOWNX\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.1 56324 443 \r\n", "PROXY TCP4  192.0.2.1 198.51.100.1 56324 443\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\n", "PROXY TCP4 192.0.2.1 198.51.100.1 56324 65536\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.1 056324 443\r\n", "PROXY TCP4 192.0.2.1 198.51.100.1 -1 443\r\n",
        "PROXY TCP4 ::1 ::1 1 2\r\n", "PROXY TCP6 192.0.2.1 198.51.100.1 1 2\r\n", "PROXY tcp4 1.2.3.4 1.2.3.4 1 2\r\n",
        "PROXY TCP4 192.0.2.01 198.51.100.1 1 2\r\n", "PROXY TCP4 192.0.2.1 x 1 2\r\n",
        "PROXY TCP5 1.1.1.1 1.1.1.1 1 2\r\n",
        "PROXY UNKNOWN " + String(repeating: "f", count: 92) + "\r\n", "PROXY " + String(repeating: "f", count: 101),
    ])
    func aMalformedLineIsRefused(line: String) {
        expect(Array(line.utf8), throws: .malformed)
    }

    @Test(arguments: ["GET / HTTP/1.1\r\n", "proxy UNKNOWN\r\n", "PROXX", "x", "\r\n\r\nGET", "\n"])
    func otherBytesAreNoHeader(text: String) {
        expect(Array(text.utf8), throws: .missing)
    }

    private static func version2(
        _ command: UInt8,
        _ family: UInt8,
        _ addresses: [UInt8],
        extensions: Int = 0
    ) -> [UInt8] {
        let length = addresses.count + extensions
        let kinds = [command, family, UInt8(length / 256), UInt8(length % 256)]
        return ProxyHeader.signature2 + kinds + addresses + [UInt8](repeating: 0x0A, count: extensions)
    }

    private static let v4: [UInt8] = [192, 0, 2, 1, 198, 51, 100, 1, 0xDC, 4, 1, 0xBB]
    private static let v6 = [0x20, 1, 0xD, 0xB8] + zeros(11) + [1] + zeros(20)
    private static let mapped = zeros(10) + [0xFF, 0xFF, 1, 2, 3, 4] + zeros(20)

    private static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

    @Test(arguments: [
        (version2(0x21, 0x11, v4), "192.0.2.1"), (version2(0x21, 0x12, v4, extensions: 7), "192.0.2.1"),
        (version2(0x21, 0x21, v6), "2001:db8::1"), (version2(0x21, 0x22, v6, extensions: 500), "2001:db8::1"),
        (version2(0x21, 0x21, mapped), "1.2.3.4"), (version2(0x21, 0x11, v4, extensions: 4_068), "192.0.2.1"),
        // The connection is the proxy's own, whatever follows.
        (version2(0x20, 0x00, []), nil), (version2(0x20, 0x11, v4), nil), (version2(0x20, 0xFF, [1]), nil),
        // The client has no address.
        (version2(0x21, 0x00, []), nil), (version2(0x21, 0x00, v4), nil),
        (version2(0x21, 0x31, zeros(216)), nil),
        (version2(0x21, 0x32, zeros(216)), nil),
    ])
    func aBinaryHeaderNamesTheClient(header: [UInt8], client: String?) throws {
        try expect(header, names: client)
    }

    @Test(
        arguments: [
            (version2(0x21, 0x11, Array(v4.dropLast())), .malformed), (version2(0x21, 0x21, v4), .malformed),
            (version2(0x21, 0x31, v6), .malformed), (version2(0x22, 0x11, v4), .malformed),
            (version2(0x11, 0x11, v4), .malformed), (version2(0x31, 0x11, v4), .malformed),
            (version2(0x21, 0x10, v4), .malformed), (version2(0x21, 0x01, v4), .malformed),
            (version2(0x21, 0x41, v4), .malformed), (version2(0x21, 0x13, v4), .malformed),
            (version2(0x21, 0x11, v4, extensions: 4_069), .tooLong),
            (version2(0x20, 0x00, [], extensions: 65_535), .tooLong),
        ] as [([UInt8], ProxyHeader.Malformed)]
    )
    func aMalformedBinaryHeaderIsRefused(header: [UInt8], error: ProxyHeader.Malformed) {
        expect(header, throws: error)
        // It need not arrive as a whole.
        expect(Array(header[..<16]), throws: error)
    }
}

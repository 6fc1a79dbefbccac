import NIOCore
import Support
import Testing

@testable import HTTP

struct ClientAddressTests {
    /// Pieces of addresses, and of what is nearly one; without the percent sign of zones, which NIO takes.
    private static let pieces = [
        "0", "1", "9", "10", "a", "F", "ff", "ffff", "255", "256", "01", "00", "00000", "10000", "+1", "-1", " ", "g",
        ".", ".", ".", ":", ":", ":", "::", "::", "1.2.3.4", "::ffff:", "/", "1:2:3:4", "0:0:", "٣",
    ]

    /// The system's answer; of an IPv4-mapped address the IPv4 part.
    private static func systemText(_ text: String) -> String? {
        // An error says that the system refuses it.
        guard let own = (try? SocketAddress(ipAddress: text, port: 1))?.ipAddress else { return nil }
        return own.hasPrefix("::ffff:") && own.contains(".") ? String(own.dropFirst(7)) : own
    }

    @Test(arguments: 0..<5)
    func theSameTextsAreAddressesAsForTheSystem(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var valid = 0
        for _ in 0..<4_000 {
            let count = Int.random(in: 1...9, using: &random)
            let text = (0..<count).compactMap { _ in Self.pieces.randomElement(using: &random) }.joined()
            let expected = Self.systemText(text)
            if expected != nil { valid += 1 }
            if ClientAddress(text)?.text != expected { Issue.record("\(text): expected \(expected ?? "none")") }
        }
        #expect(valid > 20)
    }

    /// Groups that are often zero, so that there are runs of every length at every place.
    @Test(arguments: 0..<5)
    func theTextIsThatOfTheSystem(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<1_000 {
            let groups = (0..<8).map { _ -> UInt16 in
                let any = UInt16.random(in: 0 ... .max, using: &random)
                return [0, 0, 0, 1, 0xFFFF, any].randomElement(using: &random) ?? 0
            }
            let address = ClientAddress(bits: groups.reduce(0) { $0 << 16 | UInt128($1) })
            let long = groups.map { String($0, radix: 16) }.joined(separator: ":")
            #expect(address.text == Self.systemText(long))
            #expect(ClientAddress(address.text) == address)
            #expect(ClientAddress(long.uppercased()) == address)
        }
    }

    @Test(arguments: [
        "", ":", "::1::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4::5:6:7:8", "10000::", "a.b.c.d", "1.2.3",
        "1.2.3.4.5", "256.0.0.1", "::ffff:1.2.3", "fe80::1%eth0", "1.2.x.3.4", "010.0.0.1", "+1.2.3.4", "1.2.3.4 ",
        " 1.2.3.4", "127.1", "0x7f.0.0.1", "2130706433", "1.2.3.4/8", "1.2.3.4::", "[::1]", "::00001", "1.2.3.4\0",
    ])
    func othersAreRefused(text: String) {
        #expect(ClientAddress(text) == nil)
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
        ("2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff", true), ("2001:db8::1", "2001:db8:0:1::1", false),
        ("::ffff:192.0.2.1", "192.0.2.1", true), ("::ffff:192.0.2.1", "::ffff:192.0.2.2", false),
        ("::1", "::2", true), ("::1", "::ffff:0.0.0.1", false), ("::1", "0.0.0.1", false),
    ])
    func addressesOfOneClientHaveOnePrefix(first: String, second: String, isSame: Bool) throws {
        let prefixes = try [first, second].map { try #require(ClientAddress($0)).prefix }
        #expect((prefixes[0] == prefixes[1]) == isSame)
        #expect((prefixes[0].bytes == prefixes[1].bytes) == isSame)
    }

    @Test func thePrefixHasTheFirstBytes() throws {
        #expect(try #require(ClientAddress("192.0.2.255")).prefix.bytes == [192, 0, 2, 255])
        #expect(try #require(ClientAddress("::ffff:1.2.3.4")).prefix.bytes == [1, 2, 3, 4])
        #expect(try #require(ClientAddress("2001:db8:0:1f::1")).prefix.bytes == [0x20, 1, 0xD, 0xB8, 0, 0, 0, 0x1F])
    }

    @Test(arguments: [
        ("1.2.3.4", "1.2.3.4"), ("1.2.3.4:80", "1.2.3.4"), ("1.2.3.4:0", "1.2.3.4"), ("1.2.3.4:65535", "1.2.3.4"),
        ("1.2.3.4:_p-1", "1.2.3.4"), ("2001:DB8::1", "2001:db8::1"), ("[2001:db8::1]", "2001:db8::1"),
        ("[2001:db8::1]:443", "2001:db8::1"), ("[::ffff:1.2.3.4]:80", "1.2.3.4"), ("::1", "::1"),
        ("1.2.3.4:", nil), ("1.2.3.4:65536", nil), ("1.2.3.4:080", nil), ("1.2.3.4:+80", nil), ("1.2.3.4:_", nil),
        ("1.2.3.4:_a b", nil), ("[1.2.3.4]", nil), ("[::1", nil), ("[::1]x", nil), ("[::1]:", nil), ("::1]", nil),
        ("[]", nil), ("[", nil), ("", nil), ("unknown", nil), ("_x", nil), ("[fe80::1%1]", nil), ("\"1.2.3.4\"", nil),
        ("example.com", nil), ("1.2.3.4:80:90", nil),
    ])
    func aPortMayFollow(node: String, address: String?) {
        #expect(ClientAddress(node: node.utf8.span)?.text == address)
    }
}

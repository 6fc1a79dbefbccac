import NIOCore
import Support
import Testing

@testable import HTTP

struct TrustedProxiesTests {
    @Test(arguments: [
        ("127.0.0.1", "loopback", true), ("127.255.0.9", "loopback", true), ("::1", "loopback", true),
        ("::2", "loopback", false), ("128.0.0.0", "loopback", false), ("10.255.255.255", "private", true),
        ("11.0.0.0", "private", false), ("172.15.255.255", "private", false), ("172.16.0.0", "private", true),
        ("172.31.255.255", "private", true), ("172.32.0.0", "private", false), ("192.168.7.1", "private", true),
        ("fd12::1", "private", true), ("fe80::1", "private", false), ("127.0.0.1", "private", false),
        ("::ffff:10.1.1.1", "private", true), ("1.2.3.4", "1.2.3.4", true), ("1.2.3.5", "1.2.3.4", false),
        ("1.2.3.4", "0.0.0.0/0", true), ("::1", "0.0.0.0/0", false), ("1.2.3.4", "::/0", false), ("::1", "::/0", true),
        ("1.2.3.5", "1.2.3.4/31", true), ("1.2.3.6", "1.2.3.4/31", false), ("1.2.3.4", "1.2.3.4/32", true),
        ("2001:db8::1", "2001:db8::/32", true), ("2001:db9::1", "2001:db8::/32", false),
        ("2001:db8::1", "2001:db8::1/128", true), ("2001:db8::2", "2001:db8::1", false),
        ("10.9.9.9", "::ffff:10.0.0.0/104", true), ("11.9.9.9", "::ffff:10.0.0.0/104", false),
        ("10.1.1.1", "192.0.2.1, private ,loopback", true), ("192.0.2.1", "192.0.2.1, private ,loopback", true),
        ("10.1.1.1", "unix", false),
    ])
    func anAddressIsInTheList(address: String, list: String, isContained: Bool) throws {
        let address = try #require(ClientAddress(address))
        #expect(try TrustedProxies(parsing: list).contains(address) == isContained)
        #expect(try TrustedProxies(parsing: list).contains(Peer(.address(address))) == isContained)
        #expect(!TrustedProxies().contains(address))
    }

    /// Compared with the bits, one by one.
    @Test(arguments: 0..<5)
    func aBlockHasTheAddressesWithItsFirstBits(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let isV4 = Bool.random(using: &random)
            let length = Int.random(in: 0...(isV4 ? 32 : 128), using: &random)
            let bits = isV4 ? UInt128(UInt32.random(in: 0 ... .max, using: &random)) : UInt128.random(in: 0 ... .max)
            let width = isV4 ? 32 : 128
            let other = bits ^ (1 << Int.random(in: 0..<width, using: &random))
            let start = (0..<width).reduce(bits) { $1 < width - length ? $0 & ~(1 << $1) : $0 }
            func address(_ bits: UInt128) -> ClientAddress {
                isV4 ? ClientAddress(v4: UInt32(bits)) : ClientAddress(bits: bits)
            }
            let block = try AddressBlock(parsing: "\(address(start).text)/\(length)")
            let isSame = (width - length..<width).allSatisfy { bits & (1 << $0) == other & (1 << $0) }
            #expect(block.contains(address(bits)))
            #expect(block.contains(address(other)) == isSame)
            #expect(try AddressBlock(parsing: block.text) == block)
        }
    }

    @Test(arguments: [
        ("10.0.0.0/8,x", "x", "is no address"), ("1.2.3.04", "1.2.3.04", "is no address"), ("", "", "is empty"),
        ("loopback,,private", "", "is empty"), ("Private", "Private", "is no address"),
        ("10.0.0.0/33", "10.0.0.0/33", "has no length from 0 to 32 behind the slash"),
        ("10.0.0.0/", "10.0.0.0/", "has no length from 0 to 32 behind the slash"),
        ("10.0.0.0/08", "10.0.0.0/08", "has no length from 0 to 32 behind the slash"),
        ("10.0.0.0/+8", "10.0.0.0/+8", "has no length from 0 to 32 behind the slash"),
        ("10.0.0.0/8/8", "10.0.0.0/8/8", "has no length from 0 to 32 behind the slash"),
        ("::/129", "::/129", "has no length from 0 to 128 behind the slash"),
        ("10.1.0.0/8", "10.1.0.0/8", "has bits behind its prefix, other than 10.0.0.0/8"),
        ("2001:db8::1/32", "2001:db8::1/32", "has bits behind its prefix, other than 2001:db8::/32"),
        ("example.com", "example.com", "is no address"), ("unix:/run/x", "unix:/run/x", "is no address"),
    ])
    func aWrongEntryIsNamed(list: String, entry: String, reason: String) {
        #expect(throws: TrustedProxies.Malformed(entry: entry, reason: reason)) {
            _ = try TrustedProxies(parsing: list)
        }
    }

    @Test func aUnixSocketIsTrustedByItsWordAlone() throws {
        let peer = Peer(try SocketAddress(unixDomainSocketPath: "/run/x"))
        #expect(peer == Peer(.unix))
        #expect(try TrustedProxies(parsing: "unix").contains(peer))
        #expect(try !TrustedProxies(parsing: "loopback,private,0.0.0.0/0,::/0").contains(peer))
        #expect(try !TrustedProxies(parsing: "unix,0.0.0.0/0,::/0").contains(Peer(nil as SocketAddress?)))
    }
}

import Testing

@testable import HTTP

/// The client that the lines of one header name, with the proxies 10.0.0.0/8 and 2001:db8::/32.
struct ClientHeaderTests {
    private func client(_ header: String, _ lines: [String]) throws -> String? {
        let proxies = try TrustedProxies(parsing: "10.0.0.0/8,2001:db8::/32")
        return try #require(ClientHeader(header)).client(in: lines, behind: proxies)?.text
    }

    @Test(
        arguments: [
            (["192.0.2.1"], "192.0.2.1"), (["192.0.2.1:5678"], "192.0.2.1"), (["[2001:db9::A]:80"], "2001:db9::a"),
            (["2001:db9::a"], "2001:db9::a"), (["::ffff:192.0.2.1"], "192.0.2.1"),
            // What stands left of the first address that is not trusted may be made up.
            (["6.6.6.6, 192.0.2.1"], "192.0.2.1"), (["6.6.6.6,192.0.2.1, 10.0.0.2,2001:db8::5"], "192.0.2.1"),
            (["6.6.6.6, 10.0.0.2", "192.0.2.1"], "192.0.2.1"), (["6.6.6.6, 192.0.2.1", "10.0.0.2"], "192.0.2.1"),
            (["192.0.2.1", "10.0.0.3, 10.0.0.2"], "192.0.2.1"), (["6.6.6.6, ::ffff:10.0.0.2"], "6.6.6.6"),
            // All are trusted: the leftmost.
            (["10.0.0.3, 10.0.0.2"], "10.0.0.3"), (["10.0.0.4", "10.0.0.3", "10.0.0.2"], "10.0.0.4"),
            // An entry without an address ends the walk.
            (["6.6.6.6, unknown, 10.0.0.2"], "10.0.0.2"), (["6.6.6.6, _x"], nil), (["6.6.6.6, 1.2.3.04"], nil),
            (["6.6.6.6", "unix:"], nil), (["6.6.6.6, \"192.0.2.1\""], nil), (["6.6.6.6 192.0.2.1"], nil),
            (["6.6.6.6, 127.1"], nil), (["6.6.6.6, for=192.0.2.1"], nil), (["6.6.6.6, fe80::1%eth0"], nil),
            // Empty entries are none.
            ([], nil), ([""], nil), ([", ,"], nil), ([", 192.0.2.1 ,"], "192.0.2.1"), (["192.0.2.1", ""], "192.0.2.1"),
            (["\t192.0.2.1\t,\t10.0.0.2 "], "192.0.2.1"),
        ] as [([String], String?)]
    )
    func ofXForwardedFor(lines: [String], expected: String?) throws {
        #expect(try client("X-Forwarded-For", lines) == expected)
        #expect(try client("x-forwarded-for", lines) == expected)
    }

    @Test func aLongListIsReadAsFarAsNeeded() throws {
        let list = String(repeating: "10.0.0.1,", count: 10_000)
        #expect(try client("X-Forwarded-For", ["192.0.2.1," + list]) == "192.0.2.1")
        #expect(try client("X-Forwarded-For", [list + "192.0.2.1"]) == "192.0.2.1")
    }

    @Test(
        arguments: [
            (["for=192.0.2.1"], "192.0.2.1"), (["For=192.0.2.1;proto=https;by=10.0.0.1"], "192.0.2.1"),
            (["proto=http; FOR=\"192.0.2.1:80\""], "192.0.2.1"), (["for=\"[2001:db9::A]\""], "2001:db9::a"),
            (["for=\"[2001:db9::a]:4711\""], "2001:db9::a"), (["for=\"192.0.2.1:_port\""], "192.0.2.1"),
            (["for=\"\\1\\92.0.2.1\""], "192.0.2.1"), (["for=192.0.2.1;"], "192.0.2.1"),
            (["for=6.6.6.6, for=192.0.2.1"], "192.0.2.1"),
            (["for=192.0.2.1, for=10.0.0.2", "for=\"[2001:db8::1]\""], "192.0.2.1"),
            (["for=6.6.6.6;x=\"a,b;c\\\"d\", for=10.0.0.2"], "6.6.6.6"), (["x=\"for=6.6.6.6, for=\""], nil),
            (["for=10.0.0.3, for=10.0.0.2"], "10.0.0.3"), (["for=6.6.6.6, proto=https"], nil),
            (["for=6.6.6.6, for=unknown"], nil), (["for=6.6.6.6, for=_hidden"], nil),
            (["for=6.6.6.6, for=_x, for=10.0.0.2"], "10.0.0.2"), (["for=192.0.2.1, , "], "192.0.2.1"),
            // Malformed elements.
            (["for=192.0.2.1;for=6.6.6.6"], nil), (["for=192.0.2.1;x"], nil), (["for=192.0.2.1;x=a\"b\""], nil),
            (["for=192.0.2.1;x=\"a\"b"], nil), (["for=192.0.2.1;x y=z"], nil), (["for =192.0.2.1"], nil),
            (["for= 192.0.2.1"], nil), (["for=\"192.0.2.1"], nil), (["for=\"192.0.2.1\\\""], nil),
            (["for=\"192.0.2.1\\"], nil),
            (["192.0.2.1"], nil), (["for="], nil), (["=192.0.2.1"], nil), (["for=\"\""], nil),
            // A quote that a client has left open takes in the element that a proxy appends.
            (["for=6.6.6.6;x=\", for=192.0.2.1"], nil),
            (["for=6.6.6.6;x=\", for=\"[2001:db9::1]\";proto=\"http\""], nil),
            (["for=6.6.6.6, for=\"", "for=192.0.2.1"], "192.0.2.1"),
        ] as [([String], String?)]
    )
    func ofForwarded(lines: [String], expected: String?) throws {
        #expect(try client("Forwarded", lines) == expected)
        #expect(try client("forwarded", lines) == expected)
    }

    @Test(
        arguments: [
            (["192.0.2.1"], "192.0.2.1"), ([" 2001:db9::a "], "2001:db9::a"), (["192.0.2.1:80"], "192.0.2.1"),
            (["10.0.0.2"], "10.0.0.2"), (["6.6.6.6, 192.0.2.1"], nil), (["6.6.6.6", "192.0.2.1"], nil),
            (["192.0.2.1,"], nil), (["192.0.2.1", "192.0.2.1"], nil), ([], nil), ([""], nil), (["unknown"], nil),
            (["for=192.0.2.1"], nil),
        ] as [([String], String?)]
    )
    func ofAHeaderWithASingleAddress(lines: [String], expected: String?) throws {
        for header in ["CF-Connecting-IP", "X-Real-IP"] { #expect(try client(header, lines) == expected) }
    }

    @Test(arguments: ["", "a b", "X-Real-IP:", "a,b", "ä", "a\n", ":path"])
    func otherNamesAreRefused(name: String) {
        #expect(ClientHeader(name) == nil)
    }
}

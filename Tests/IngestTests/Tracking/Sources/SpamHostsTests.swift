import Ingest
import Support
import Testing

struct SpamHostsTests {
    private static let list = """
        # a list
        spam.example

        WWW.Upper.EXAMPLE.  # in capitals
        \tsub.a.example\r
        münchen.example
        b.example
        """

    @Test(arguments: [
        "spam.example", "a.spam.example", "b.a.spam.example", "upper.example", "sub.a.example",
        "xn--mnchen-3ya.example",
        "b.example",
    ])
    func holdsHostsAndThoseBelow(host: String) throws {
        #expect(try SpamHosts(parsing: Self.list).contains(host))
    }

    @Test(arguments: [
        "notspam.example", "spam.example.com", "example", "a.example", "spam", "", ".", "a list", "#",
        "spam.example.", "bb.example",
    ])
    func doesNotHoldOthers(host: String) throws {
        #expect(try !SpamHosts(parsing: Self.list).contains(host))
    }

    @Test func countsWhatItCannotRead() throws {
        let hosts = try SpamHosts(parsing: "a.example\nnot a host\n..\na%20b\r\n\n# c\na.example\nb.example")
        #expect(hosts.ignored == 3)
        #expect(hosts.count == 2)
        #expect(SpamHosts().count == 0)
        #expect(!SpamHosts().contains("a.example"))
    }

    @Test func limitsTheSize() throws {
        let full = String(repeating: "a.example\n", count: SpamHosts.maximumBytes / 10)
        #expect(try SpamHosts(parsing: full).count == 1)
        #expect(throws: SpamHosts.TooLong.self) { try SpamHosts(parsing: full + "a.example\n") }
    }

    @Test(arguments: 0..<10)
    func agreesWithAPlainSearch(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let labels = ["a", "b", "cc", "example"]
        func host() -> String {
            (0..<Int.random(in: 1...4, using: &random)).map { _ in labels.randomElement(using: &random) ?? "" }
                .joined(separator: ".")
        }
        let listed = (0..<8).map { _ in host() }
        let hosts = try SpamHosts(parsing: listed.joined(separator: "\n"))
        for _ in 0..<300 {
            let asked = host()
            #expect(hosts.contains(asked) == listed.contains { asked == $0 || asked.hasSuffix("." + $0) })
        }
    }
}

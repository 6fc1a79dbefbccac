import Foundation
import NIOCore
import Testing

@testable import Load

struct PageEncoderTests {
    @Test func writesASingleHit() throws {
        let plan = try plan()
        let encoder = PageEncoder(plan, site: 0, fragments(plan))
        var buffer = ByteBuffer(string: "what was there before")
        encoder.write([hit], into: &buffer)
        let body =
            #"{"id":"\#(plan.prefix)0000001200000345","timestamp":1699996400001,"name":"pageview","#
            + #""url":"https://example.com/blog/post-3?utm_source=google&utm_medium=cpc&utm_campaign=campaign-1","#
            + #""title":"Page 3","referrer":"https://www.bing.com/","visitor":"\#(plan.prefix)d00000009b","#
            + #""browser":"Chrome","browser_version":"126","os":"Windows","os_version":"10","device":"desktop","#
            + #""country":"DE","screen":"1536x864","language":"en-US"}"#
        #expect(
            String(buffer: buffer) == """
                POST /base/api/v1/events HTTP/1.1\r
                Host: localhost:8080\r
                Authorization: Bearer \(LoadOptions.key(0))\r
                Content-Type: application/json\r
                Content-Length: 00000\(body.utf8.count)\r
                \r
                \(body)
                """
        )
    }

    @Test func writesLinesOfASite() throws {
        let plan = try plan(sites: ["a", "b.org/c"]) { $0.bulkSize = 10 }
        let encoder = PageEncoder(plan, site: 1, fragments(plan))
        var buffer = ByteBuffer()
        encoder.write([hit, hit], into: &buffer)
        let parts = String(buffer: buffer).components(separatedBy: "\r\n\r\n")
        #expect(
            parts[0].contains(
                "\r\nAuthorization: Bearer \(LoadOptions.key(1))\r\nContent-Type: application/x-ndjson\r\n"
            )
        )
        #expect(parts[0].hasSuffix("Content-Length: 00000\(parts[1].utf8.count)"))
        let lines = parts[1].components(separatedBy: "\n")
        #expect(lines.count == 3 && lines[2].isEmpty && lines[0] == lines[1])
        #expect(lines[0].hasPrefix(#"{"site":"b.org/c","id":""#) && lines[0].contains(#""url":"https://b.org/blog"#))
    }

    /// Each hit is valid JSON, and has no field beyond the limits of the API.
    @Test(arguments: [1, 10_000_000])
    func keepsTheLimits(users: Int) throws {
        let plan = try plan { ($0.users, $0.skew, $0.events) = (users, 0, 20_000) }
        var kinds: Set<String> = []
        var addresses: Set<String> = []
        for (item, hit) in try hits(5_000, plan) {
            check(hit)
            kinds.insert(hit.name)
            if let address = hit.ip { addresses.insert(address) }
            #expect(hit.timestamp == plan.start * 1_000 + Int(item.time))
        }
        #expect(kinds.count == PageHit.Kind.allCases.count)
        #expect(users == 1 || (addresses.contains { $0.contains(":") } && addresses.contains { $0.hasPrefix("10.") }))
    }

    @Test func givesTheSameBytesForTheSameSeed() throws {
        let plan = try plan { ($0.late, $0.repeats) = (0.1, 0.1) }
        let bytes = (0..<2).map { _ in
            let work = PageWorkload(plan)
            return (0..<20).map { sender in
                var buffer = ByteBuffer()
                _ = work.write(50, by: sender, into: &buffer)
                return buffer
            }
        }
        #expect(bytes[0] == bytes[1])
    }

    @Test func keepsNeighboursApart() throws {
        let plan = try plan { ($0.users, $0.skew, $0.events) = (64, 0, 4_000) }
        var visitors: [String: UInt32] = [:]
        for (item, hit) in try hits(4_000, plan) where item.naming == .address {
            let network = hit.ip?.split(separator: ":").prefix(4).joined(separator: ":") ?? ""
            let name = network + (hit.userAgent ?? "")
            #expect(visitors.updateValue(item.user, forKey: name) ?? item.user == item.user)
        }
        #expect(visitors.count == Set(visitors.values).count)
        #expect(visitors.count > 8)
    }

    private func check(_ hit: SentHit) {
        let ascii = "!"..."~" as ClosedRange<Character>
        for text in [hit.id, hit.visitor ?? "-"] { #expect(1...128 ~= text.count && text.allSatisfy(ascii.contains)) }
        #expect(1...120 ~= hit.name.count)
        #expect(hit.url.utf8.count <= 2_048 && hit.title.utf8.count <= 500 && (hit.referrer ?? "").utf8.count <= 2_048)
        #expect(URL(string: hit.url)?.host() == "example.com")
        #expect(hit.referrer.map { URL(string: $0)?.host() != nil } ?? true)
        #expect((hit.user ?? "").utf8.count <= 256)
        #expect(hit.user != nil || hit.visitor != nil || (hit.ip != nil && hit.userAgent?.contains("#") == false))
        #expect((hit.props ?? [:]).count <= 30)
        #expect((hit.props ?? [:]).allSatisfy { $0.key.count <= 300 && ($0.value.text ?? "").count <= 2_000 })
        switch hit.value {
        case .number(let value)?: #expect(0..<10_000 ~= value)
        case .text(let text)?: #expect(Decimal(string: text).map { 0..<10_000 ~= $0 } == true)
        case nil: #expect(hit.name != "Purchase")
        }
        #expect((hit.value == nil) == (hit.currency == nil))
        #expect(hit.currency.map { ["EUR", "USD", "GBP", "JPY"].contains($0) } ?? true)
        #expect((hit.name == "engagement") == (hit.scroll != nil && hit.engaged != nil))
        #expect(hit.scroll.map { 0...100 ~= $0 } ?? true)
        #expect(hit.engaged.map { 0...86_400_000 ~= $0 } ?? true)
        #expect(hit.country.count == 2)
        #expect(hit.screen.split(separator: "x").compactMap { Int($0) }.count == 2)
    }

    /// Draws hits, and reads them as they are sent.
    private func hits(_ count: Int, _ plan: Plan) throws -> [(PageHit, SentHit)] {
        var source = PageSource(VisitSource(plan.options), plan, seed: 1, visits: 20)
        let encoder = PageEncoder(plan, site: 0, fragments(plan))
        var buffer = ByteBuffer()
        return try (0..<count).map { _ in
            let hit = source.next(nil)
            encoder.write([hit], into: &buffer)
            return (hit, try SentHit(request: buffer))
        }
    }

    private var hit: PageHit {
        var hit = PageHit(
            time: 1,
            user: 9,
            naming: .device,
            device: 1,
            profile: PageHit.Profile(country: 1, agent: 0, screen: 1, language: 0),
            page: 3,
            previous: 3
        )
        (hit.number, hit.referrer, hit.campaign) = (12_00000345, 2, 2)
        return hit
    }

    private func plan(sites: [String] = [], _ change: (inout LoadOptions) -> Void = { _ in }) throws -> Plan {
        var options = LoadOptions.pages(sites: sites)
        (options.url, options.hours) = ("http://localhost:8080/base", 1)
        change(&options)
        return try Plan(options)
    }

    private func fragments(_ plan: Plan) -> PageFragments {
        PageFragments(start: plan.start, last: plan.last, prefix: plan.prefix)
    }
}

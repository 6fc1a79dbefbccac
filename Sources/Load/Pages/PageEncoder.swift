import NIOCore

/// Writes the requests of a run with hits for one site.
struct PageEncoder: Sendable {
    /// The placeholder for the length of a body.
    private static let noLength = "00000000"

    private let fragments: PageFragments
    private let start: Int
    /// The request before its body.
    private let opening: ByteBuffer
    /// The index of the body's length in `opening`.
    private let lengthIndex: Int
    private let isBulk: Bool
    /// The hit before the number in its id.
    private let beginning: ByteBuffer
    /// The hit from its name to its host, for each kind.
    private let names: [ByteBuffer]
    private let referrer: ByteBuffer

    /// - Parameters:
    ///   - plan: The plan of the run.
    ///   - site: The index of the site.
    ///   - fragments: The parts that are common to all sites.
    init(_ plan: Plan, site: Int, _ fragments: PageFragments) {
        self.fragments = fragments
        start = plan.start
        isBulk = plan.batch > 1
        let name = plan.sites[site].name
        let host = Self.host(of: name)
        let head = """
            POST \(plan.target.path)/api/v1/events HTTP/1.1\r
            Host: \(plan.target.authority)\r
            Authorization: Bearer \(plan.options.keys[site])\r
            Content-Type: \(isBulk ? "application/x-ndjson" : "application/json")\r
            Content-Length:\u{20}
            """
        lengthIndex = head.utf8.count
        opening = ByteBuffer(string: head + Self.noLength + "\r\n\r\n")
        beginning = ByteBuffer(string: (name.map { #"{"site":"\#($0)","# } ?? "{") + #""id":"\#(plan.prefix)"#)
        names = PageHit.Kind.allCases.map { ByteBuffer(string: #","name":"\#($0.name)","url":"https://\#(host)"#) }
        referrer = ByteBuffer(string: #","referrer":"https://\#(host)"#)
    }

    /// Replaces the contents of the buffer by a request with the hits.
    func write(_ hits: [PageHit], into buffer: inout ByteBuffer) {
        buffer.clear()
        buffer.writeImmutableBuffer(opening)
        for hit in hits {
            write(hit, into: &buffer)
            if isBulk { buffer.writeInteger(UInt8(ascii: "\n")) }
        }
        let length = buffer.writerIndex - opening.readableBytes
        buffer.setInteger(ByteBuffer.eightDigits(length), at: lengthIndex)
    }

    /// The host of a site's pages: what its name begins with, if that is one.
    private static func host(of name: String?) -> String {
        let host = name?.prefix { $0 != "/" } ?? ""
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        return labels.allSatisfy { 1...63 ~= $0.utf8.count } ? String(host) : "example.com"
    }
}

extension PageEncoder {
    private func write(_ hit: PageHit, into buffer: inout ByteBuffer) {
        buffer.writeImmutableBuffer(beginning)
        buffer.writeInteger(ByteBuffer.eightDigits(Int(hit.number / 100_000_000)))
        buffer.writeInteger(ByteBuffer.eightDigits(Int(hit.number)))
        buffer.writeStaticString(#"","timestamp":"#)
        writeTime(of: hit, into: &buffer)
        buffer.writeImmutableBuffer(names[Int(hit.kind.rawValue)])
        let page = Int(hit.page)
        buffer.writeImmutableBuffer(fragments.paths[page])
        if hit.campaign > 0 { buffer.writeImmutableBuffer(fragments.campaigns[Int(hit.campaign)]) }
        buffer.writeImmutableBuffer(fragments.titles[page])
        if hit.referrer > 0 {
            buffer.writeImmutableBuffer(fragments.referrers[Int(hit.referrer)])
        } else if hit.previous != hit.page {
            buffer.writeImmutableBuffer(referrer)
            buffer.writeImmutableBuffer(fragments.paths[Int(hit.previous)])
            buffer.writeStaticString("\"")
        }
        writeVisitor(of: hit, into: &buffer)
        buffer.writeImmutableBuffer(fragments.countries[Int(hit.profile.country)])
        buffer.writeImmutableBuffer(fragments.screens[Int(hit.profile.screen)])
        buffer.writeImmutableBuffer(fragments.languages[Int(hit.profile.language)])
        hit.writeDetails(into: &buffer)
        buffer.writeStaticString("}")
    }

    /// Milliseconds since 1970.
    private func writeTime(of hit: PageHit, into buffer: inout ByteBuffer) {
        let time = start * 1_000 + Int(hit.time)
        buffer.writeImmutableBuffer(fragments.timestamps[time / 100_000_000 - start * 1_000 / 100_000_000])
        buffer.writeInteger(ByteBuffer.eightDigits(time))
    }

    private func writeVisitor(of hit: PageHit, into buffer: inout ByteBuffer) {
        if hit.naming == .user || hit.naming == .userAndDevice {
            buffer.writeImmutableBuffer(fragments.user)
            buffer.writeInteger(ByteBuffer.eightDigits(Int(hit.user)))
            buffer.writeStaticString("\"")
        }
        if hit.naming == .device || hit.naming == .userAndDevice {
            buffer.writeImmutableBuffer(fragments.device)
            buffer.writeInteger(ByteBuffer.eightDigits(Int(hit.user)))
            buffer.writeInteger(UInt8(ascii: "a") + hit.device)
            buffer.writeStaticString("\"")
        }
        if hit.naming == .address {
            buffer.writeString(#","ip":"\#(hit.address)""#)
            buffer.writeImmutableBuffer(fragments.userAgents[Int(hit.profile.agent)])
        } else {
            buffer.writeImmutableBuffer(fragments.agents[Int(hit.profile.agent)])
        }
    }
}

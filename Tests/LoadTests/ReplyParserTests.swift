import NIOCore
import Testing

@testable import Load

struct ReplyParserTests {
    private static let plain =
        "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\ncontent-LENGTH:  5 \r\nDate: x\r\n\r\nhello"
    private static let chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"

    @Test(arguments: [plain, chunked])
    func findsTheBodyInPiecesOfAnySize(text: String) throws {
        for size in 1...text.utf8.count {
            var parser = ReplyParser()
            var reply: Reply?
            var rest = ByteBuffer(string: text)
            while let piece = rest.readSlice(length: min(size, rest.readableBytes)), piece.readableBytes > 0 {
                #expect(reply == nil)
                reply = try parser.parse(piece)
            }
            #expect(reply?.status == 200)
            #expect(reply.map { String(buffer: $0.body) } == "hello")
            #expect(reply?.closes == false)
        }
    }

    @Test func readsTheNeededHeaderFields() throws {
        let text = "HTTP/1.1 204 No Content\r\nConnection: Close\r\nAnalytics-Rejected: user: empty\r\n\r\n"
        let reply = try #require(try parse(text))
        #expect(reply.closes)
        #expect(reply.rejection == "user: empty")
        #expect(reply.body.readableBytes == 0)
    }

    @Test func takesOneAnswerAfterTheOther() throws {
        var parser = ReplyParser()
        for _ in 0..<3 {
            #expect(try parser.parse(ByteBuffer(string: Self.plain))?.status == 200)
            #expect(try parser.parse(ByteBuffer(string: "HTTP/1.0 204 \n\n"))?.closes == true)
        }
    }

    @Test func skipsInterimAnswers() throws {
        #expect(try parse("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n")?.status == 204)
    }

    @Test(arguments: [
        "SSH-2.0-OpenSSH\r\n",
        "HTTP/1.1 99999999999999999999 OK\r\n\r\n",
        "HTTP/1.1 999 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 -20 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\nuntil the end",
        "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
        "\r\n\r\n",
        "HTTP/1.1 200 OK\r\n" + String(repeating: "a: b\r\n", count: 4_000),
    ])
    func refusesMalformedReplies(text: String) {
        #expect(throws: ReplyParser.Malformed.self) { try parse(text) }
    }

    /// Any bytes give a reply, an error or a request for more input.
    @Test func survivesBrokenAnswers() {
        var random = SplitMix(seed: 5)
        for _ in 0..<20_000 {
            var bytes = Array((random.chance(0.5) ? Self.plain : Self.chunked).utf8)
            for _ in 0..<3 { bytes[random.draw(below: bytes.count)] = UInt8(truncatingIfNeeded: random.next()) }
            let reply = try? parse(String(decoding: bytes, as: UTF8.self))
            if let reply { #expect(100...599 ~= reply.status) }
        }
    }

    private func parse(_ text: String) throws -> Reply? {
        var parser = ReplyParser()
        return try parser.parse(ByteBuffer(string: text))
    }
}

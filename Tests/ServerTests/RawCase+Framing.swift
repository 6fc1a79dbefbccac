// The end of a request: a proxy in front of the server must not see another end than the server does.
extension RawCase {
    private static let event = "/analytics?timestamp=1&user=a&event=click"
    /// A request that would be served if the server treated the rest of the bytes as another request.
    private static let hidden = "POST \(event) HTTP/1.1\r\nHost: a\r\n\r\n"
    private static let chunk = "5\r\nhello\r\n0\r\n\r\n"

    private static func post(_ fields: String, _ body: String = "") -> String {
        "POST \(event) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n\r\n\(body)"
    }

    /// A request with a CSV body, which the route reads to its end.
    private static func csv(_ fields: String, _ body: String) -> String {
        "POST /analytics HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\n\(fields)\r\n\r\n\(body)"
    }

    static let framing: [RawCase] = lengths + codings + chunks

    private static let lengths = [
        RawCase(name: "two lengths that differ", bytes: post("Content-Length: 0\r\nContent-Length: 5", hidden)),
        RawCase(name: "two lengths that agree", bytes: post("Content-Length: 5\r\nContent-Length: 5", "hello")),
        RawCase(name: "a list of lengths", bytes: post("Content-Length: 5, 5", "hello")),
        RawCase(name: "a negative length", bytes: post("Content-Length: -1", hidden)),
        RawCase(name: "a length with a plus", bytes: post("Content-Length: +5", "hello")),
        RawCase(name: "a hexadecimal length", bytes: post("Content-Length: 0x5", "hello")),
        RawCase(name: "a length with a fraction", bytes: post("Content-Length: 5.0", "hello")),
        RawCase(name: "a length with a blank in it", bytes: post("Content-Length: 5 5", "hello")),
        RawCase(name: "an empty length", bytes: post("Content-Length:", "hello")),
        RawCase(name: "a length that is no number", bytes: post("Content-Length: five", "hello")),
        RawCase(name: "a length of 2^64", bytes: post("Content-Length: 18446744073709551616", hidden)),
        RawCase(name: "a length of 200 digits", bytes: post("Content-Length: \(String(repeating: "9", count: 200))")),
        RawCase(name: "a length of 2^63", bytes: post("Content-Length: 9223372036854775808", hidden), statuses: [413]),
        RawCase(name: "a length of 2^63 - 1", bytes: post("Content-Length: 9223372036854775807"), statuses: [413]),
        RawCase(name: "a length of 2^64 - 1", bytes: csv("Content-Length: 18446744073709551615", ""), statuses: [413]),
        RawCase(name: "a length over the limit", bytes: csv("Content-Length: 16777217", ""), statuses: [413]),
        RawCase(
            name: "a length over the limit to another route",
            bytes: "GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n",
            statuses: [413]
        ),
        RawCase(
            name: "a length over the limit to HEAD",
            bytes: "HEAD /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n",
            statuses: [413]
        ),
        RawCase(
            name: "a body that is longer than its length",
            bytes: post("Content-Length: 0", "hello\r\n\r\n"),
            statuses: [204, 400],
            stored: 1,
            isProblem: false
        ),
        RawCase(name: "a body that does not come", bytes: csv("Content-Length: 10", "abc"), statuses: [408]),
    ]

    private static let codings = [
        RawCase(name: "length and coding", bytes: post("Content-Length: 5\r\nTransfer-Encoding: chunked", chunk)),
        RawCase(name: "coding and length", bytes: post("Transfer-Encoding: chunked\r\nContent-Length: 5", chunk)),
        RawCase(name: "coding and length 0", bytes: post("Transfer-Encoding: chunked\r\nContent-Length: 0", chunk)),
        RawCase(name: "an unknown coding", bytes: post("Transfer-Encoding: xchunked", chunk)),
        RawCase(name: "the coding identity", bytes: post("Transfer-Encoding: identity", "hello")),
        RawCase(name: "chunked twice", bytes: post("Transfer-Encoding: chunked, chunked", chunk)),
        RawCase(
            name: "two codings",
            bytes: post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", chunk)
        ),
        RawCase(
            name: "two times chunked",
            bytes: post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", chunk)
        ),
        RawCase(name: "gzip and chunked", bytes: post("Transfer-Encoding: gzip, chunked", chunk), statuses: [501]),
        RawCase(name: "chunked and gzip", bytes: post("Transfer-Encoding: chunked, gzip", chunk)),
        RawCase(name: "a coding in quotes", bytes: post("Transfer-Encoding: \"chunked\"", chunk)),
        RawCase(name: "a blank before the colon", bytes: post("Transfer-Encoding : chunked", chunk)),
        RawCase(name: "a coding folded", bytes: post("Transfer-Encoding:\r\n chunked", chunk)),
        RawCase(
            name: "a coding in HTTP/1.0",
            bytes: "POST \(event) HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(chunk)"
        ),
        RawCase(
            name: "a coding in capitals",
            bytes: post("Transfer-Encoding: CHUNKED", chunk),
            statuses: [204],
            ending: .kept,
            stored: 1,
            isProblem: false
        ),
    ]

    private static let chunks = [
        RawCase(name: "a negative chunk", bytes: csv("Transfer-Encoding: chunked", "-5\r\nhello\r\n0\r\n\r\n")),
        RawCase(name: "a huge chunk", bytes: csv("Transfer-Encoding: chunked", "FFFFFFFFFFFFFFFFF\r\nhello")),
        RawCase(
            name: "a chunk of 2^64 - 1",
            bytes: csv("Transfer-Encoding: chunked", "FFFFFFFFFFFFFFFF\r\nhello"),
            statuses: [408]
        ),
        RawCase(name: "a chunk with a prefix", bytes: csv("Transfer-Encoding: chunked", "0x5\r\nhello\r\n0\r\n\r\n")),
        RawCase(name: "a chunk without a size", bytes: csv("Transfer-Encoding: chunked", "\r\nhello\r\n0\r\n\r\n")),
        RawCase(name: "a chunk too short", bytes: csv("Transfer-Encoding: chunked", "9\r\nhello\r\n0\r\n\r\n")),
        RawCase(name: "a chunk too long", bytes: csv("Transfer-Encoding: chunked", "2\r\nhello\r\n0\r\n\r\n")),
        RawCase(name: "a chunk ended by LF", bytes: csv("Transfer-Encoding: chunked", "5\nhello\n0\n\n")),
        RawCase(name: "a chunk with NUL", bytes: csv("Transfer-Encoding: chunked", "5\u{0}\r\nhello\r\n0\r\n\r\n")),
        RawCase(
            name: "a bad chunk that is not read",
            bytes: post("Transfer-Encoding: chunked", "zz\r\n\(hidden)"),
            statuses: [204],
            stored: 1,
            isProblem: false
        ),
    ]
}

// The request line and the header fields.
extension RawCase {
    private static let event = "/analytics?timestamp=1&user=a&event=click"
    private static let fields = "Host: a\r\n\r\n"
    private static let problem = (name: "Content-Type", value: "application/problem+json")

    static let heads: [RawCase] = hosts + lines + headers + sizes

    private static let hosts = [
        RawCase(name: "no host, event", bytes: "POST \(event) HTTP/1.1\r\n\r\n"),
        RawCase(name: "no host", bytes: "GET /healthz HTTP/1.1\r\n\r\n"),
        RawCase(name: "two hosts, event", bytes: "POST \(event) HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        RawCase(name: "two hosts alike", bytes: "GET /healthz HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n"),
        RawCase(name: "two hosts in HTTP/1.0", bytes: "GET /healthz HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"),
        RawCase(name: "a host with a path, event", bytes: "POST \(event) HTTP/1.1\r\nHost: a/b\r\n\r\n"),
        RawCase(name: "a host with a user", bytes: "GET /healthz HTTP/1.1\r\nHost: u@a\r\n\r\n"),
        RawCase(name: "a host with a blank", bytes: "GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n"),
        RawCase(name: "a host with é", bytes: "GET /healthz HTTP/1.1\r\nHost: é\r\n\r\n"),
        RawCase(
            name: "an IPv6 host, event",
            bytes: "POST \(event) HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n",
            statuses: [204],
            ending: .kept,
            stored: 1,
            isProblem: false
        ),
        RawCase(
            name: "no host behind an event",
            bytes: "POST \(event) HTTP/1.1\r\nHost: a\r\n\r\nGET /healthz HTTP/1.1\r\n\r\nPOST \(event) HTTP/1.1\r\n"
                + fields,
            statuses: [204, 400],
            stored: 1,
            isProblem: false
        ),
        RawCase(
            name: "no host behind another request",
            bytes: "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nPOST \(event) HTTP/1.1\r\n\r\nPOST \(event) HTTP/1.1\r\n"
                + fields,
            statuses: [200, 400],
            isProblem: false
        ),
    ]

    private static let lines = [
        RawCase(name: "lines ended by LF", bytes: "POST \(event) HTTP/1.1\nHost: a\n\n"),
        RawCase(name: "lines ended by CR", bytes: "POST \(event) HTTP/1.1\rHost: a\r\r"),
        RawCase(name: "a target with a blank", bytes: "POST /analytics?user=a b HTTP/1.1\r\n\(fields)"),
        RawCase(name: "a target with a tab", bytes: "POST /analytics?user=a\tb HTTP/1.1\r\n\(fields)"),
        RawCase(name: "a target with NUL", bytes: "POST /analytics?user=a\u{0}b HTTP/1.1\r\n\(fields)"),
        RawCase(
            name: "a target with é",
            bytes: "POST /analytics?timestamp=1&user=é&event=click HTTP/1.1\r\n\(fields)",
            detail: "percent-encoded"
        ),
        RawCase(
            name: "a target with é and a body",
            bytes: "POST /analytics?user=é HTTP/1.1\r\nContent-Type: text/csv\r\nContent-Length: 1\r\n\(fields)x",
            detail: "percent-encoded"
        ),
        RawCase(
            name: "a target with é behind an event",
            bytes: "POST \(event) HTTP/1.1\r\n\(fields)GET /analytics?timestamp=1&é=1 HTTP/1.1\r\n\(fields)",
            statuses: [204, 400],
            stored: 1,
            isProblem: false
        ),
        RawCase(
            name: "a target with é behind another request",
            bytes: "GET /healthz HTTP/1.1\r\n\(fields)POST /analytics?timestamp=1&user=é HTTP/1.1\r\n\(fields)",
            statuses: [200, 400],
            isProblem: false
        ),
        RawCase(name: "a path with é", bytes: "GET /é HTTP/1.1\r\n\(fields)", detail: "percent-encoded"),
        RawCase(name: "no target", bytes: "GET  HTTP/1.1\r\n\(fields)"),
        RawCase(name: "a target without a slash", bytes: "GET healthz HTTP/1.1\r\n\(fields)"),
        RawCase(name: "no version", bytes: "GET /healthz\r\n\(fields)"),
        RawCase(name: "HTTP/0.9", bytes: "GET /healthz\r\n", statuses: [408]),
        RawCase(name: "HTTP/2.0", bytes: "GET /healthz HTTP/2.0\r\n\(fields)"),
        RawCase(name: "HTTP/1.10", bytes: "GET /healthz HTTP/1.10\r\n\(fields)"),
        RawCase(name: "http/1.1", bytes: "GET /healthz http/1.1\r\n\(fields)"),
        RawCase(name: "an unknown method", bytes: "BREW /analytics HTTP/1.1\r\n\(fields)"),
        RawCase(name: "a method in small letters", bytes: "get /healthz HTTP/1.1\r\n\(fields)"),
        RawCase(name: "a method of 10 000 letters", bytes: String(repeating: "G", count: 10_000)),
        RawCase(name: "the beginning of HTTP/2", bytes: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        RawCase(name: "the beginning of TLS", bytes: "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}"),
        RawCase(name: "NUL characters", bytes: String(repeating: "\u{0}", count: 1000)),
        RawCase(name: "half a request line", bytes: "POST \(event)", statuses: [408]),
        RawCase(name: "half a head", bytes: "POST \(event) HTTP/1.1\r\nHost: a\r\nX-A", statuses: [408]),
        RawCase(
            name: "empty lines before it",
            bytes: "\r\n\r\nPOST \(event) HTTP/1.1\r\n\(fields)",
            statuses: [204],
            ending: .kept,
            stored: 1,
            isProblem: false
        ),
    ]

    private static let headers = [
        RawCase(name: "a field with LF", bytes: "POST \(event) HTTP/1.1\r\nHost: a\r\nX: a\nb: c\r\n\r\n"),
        RawCase(name: "a field with CR", bytes: "POST \(event) HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n"),
        RawCase(name: "a field with NUL", bytes: "POST \(event) HTTP/1.1\r\nHost: a\r\nX: a\u{0}b\r\n\r\n"),
        RawCase(name: "a folded field", bytes: "POST \(event) HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n"),
        RawCase(name: "a fold before all fields", bytes: "POST \(event) HTTP/1.1\r\n Host: a\r\n\r\n"),
        RawCase(name: "a field without a colon", bytes: "POST \(event) HTTP/1.1\r\nHost: a\r\nX\r\n\r\n"),
        RawCase(name: "a field without a name", bytes: "POST \(event) HTTP/1.1\r\nHost: a\r\n: a\r\n\r\n"),
        RawCase(name: "a name with a blank", bytes: "POST \(event) HTTP/1.1\r\nHost: a\r\nX Y: a\r\n\r\n"),
        RawCase(name: "a name with é", bytes: "POST \(event) HTTP/1.1\r\nHost: a\r\né: a\r\n\r\n"),
    ]

    private static let sizes = [
        RawCase(
            name: "a target of 200 KB",
            bytes: "POST /analytics?user=\(String(repeating: "u", count: 200_000)) HTTP/1.1\r\n\(fields)"
        ),
        RawCase(
            name: "a field of 100 KB",
            bytes: "POST \(event) HTTP/1.1\r\nX: \(String(repeating: "x", count: 100_000))\r\n\(fields)"
        ),
        RawCase(
            name: "a name of 100 KB",
            bytes: "POST \(event) HTTP/1.1\r\n\(String(repeating: "x", count: 100_000)): x\r\n\(fields)"
        ),
        RawCase(
            name: "2 000 fields",
            bytes: "POST \(event) HTTP/1.1\r\n" + (0..<2000).map { "X-\($0): x\r\n" }.joined() + fields
        ),
        RawCase(
            name: "2 000 trailers",
            bytes: "POST /analytics HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "0\r\n" + (0..<2000).map { "X-\($0): x\r\n" }.joined() + "\r\n"
        ),
    ]
}

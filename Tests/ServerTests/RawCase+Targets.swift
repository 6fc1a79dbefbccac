// Rare versions, methods and forms of a target, with the answers that RFC 9110 and 9112 require.
extension RawCase {
    private static let event = "/analytics?timestamp=1&user=a&event=click"

    static let targets: [RawCase] = versions + methods + absolute + slashes + [deep]

    private static let deep = RawCase(
        name: "JSON nested 100 000 deep",
        bytes: "POST /analytics HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            + "Prefer: handling=strict\r\nContent-Length: 100000\r\n\r\n" + String(repeating: "[", count: 100_000),
        ending: .kept
    )

    private static let versions = [
        RawCase(name: "HTTP/1.0", bytes: "GET /healthz HTTP/1.0\r\n\r\n", statuses: [200], isProblem: false),
        RawCase(
            name: "HTTP/1.0, event",
            bytes: "POST \(event) HTTP/1.0\r\n\r\n",
            statuses: [204],
            stored: 1,
            header: ("Connection", "close"),
            isProblem: false
        ),
        RawCase(
            name: "HTTP/1.0 with keep-alive",
            bytes: "GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
            statuses: [200],
            ending: .kept,
            header: ("Connection", "keep-alive"),
            isProblem: false
        ),
        RawCase(
            name: "close in another spelling",
            bytes: "POST \(event) HTTP/1.1\r\nHost: a\r\nConnection: Close\r\n\r\n",
            statuses: [204],
            stored: 1,
            header: ("Connection", "close"),
            isProblem: false
        ),
        RawCase(
            name: "a request behind the last",
            bytes: "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                + "POST \(event) HTTP/1.1\r\nHost: a\r\n\r\n",
            statuses: [200],
            isProblem: false
        ),
        // The decoder reads no more requests after it, so the connection must be closed.
        RawCase(
            name: "a change to HTTP/2",
            bytes: "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n",
            statuses: [200],
            header: ("Connection", "close"),
            isProblem: false
        ),
    ]

    private static let methods = [
        RawCase(
            name: "TRACE",
            bytes: "TRACE /analytics HTTP/1.1\r\nHost: a\r\nX-Secret: s\r\n\r\n",
            statuses: [405],
            ending: .kept,
            header: ("Allow", "GET, HEAD, OPTIONS, POST")
        ),
        RawCase(
            name: "TRACE elsewhere",
            bytes: "TRACE /elsewhere HTTP/1.1\r\nHost: a\r\n\r\n",
            statuses: [404],
            ending: .kept
        ),
        RawCase(
            name: "CONNECT",
            bytes: "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n",
            statuses: [405],
            header: ("Allow", "")
        ),
        RawCase(name: "CONNECT to a path", bytes: "CONNECT /analytics HTTP/1.1\r\nHost: a\r\n\r\n", statuses: [405]),
        RawCase(
            name: "OPTIONS of the server",
            bytes: "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
            statuses: [204],
            ending: .kept,
            header: ("Allow", "DELETE, GET, HEAD, OPTIONS, PATCH, POST"),
            isProblem: false
        ),
        RawCase(
            name: "GET where hits are sent",
            bytes: "GET /api/v1/events?site=default HTTP/1.1\r\nHost: a\r\n\r\n",
            statuses: [401],
            ending: .kept,
            header: ("WWW-Authenticate", "Bearer")
        ),
        RawCase(name: "GET of the server", bytes: "GET * HTTP/1.1\r\nHost: a\r\n\r\n"),
    ]

    // The paths of one other product end with a slash.
    private static let slashes = [
        RawCase(
            name: "a slash at the end of a path of Trail",
            bytes: "GET /api/v1/get-metrics/default/ HTTP/1.1\r\nHost: a\r\n\r\n",
            statuses: [401],
            ending: .kept,
            isProblem: false
        ),
        RawCase(
            name: "two slashes at the end",
            bytes: "GET /api/v1/get-metrics/default// HTTP/1.1\r\nHost: a\r\n\r\n",
            statuses: [404],
            ending: .kept
        ),
        RawCase(
            name: "a slash at the end of another path",
            bytes: "GET /healthz/ HTTP/1.1\r\nHost: a\r\n\r\n",
            statuses: [404],
            ending: .kept
        ),
    ]

    private static let absolute = [
        RawCase(
            name: "an absolute target, event",
            bytes: "POST http://a\(event) HTTP/1.1\r\nHost: a\r\n\r\n",
            statuses: [204],
            ending: .kept,
            stored: 1,
            isProblem: false
        ),
        RawCase(
            name: "an absolute target",
            bytes: "GET HTTP://a:80/analytics?timestamp=1 HTTP/1.1\r\nHost: b\r\n\r\n",
            statuses: [200],
            ending: .kept,
            isProblem: false
        ),
        RawCase(
            name: "an absolute target of the server",
            bytes: "OPTIONS http://a HTTP/1.1\r\nHost: a\r\n\r\n",
            statuses: [204],
            ending: .kept,
            isProblem: false
        ),
        RawCase(
            name: "an absolute target without a path",
            bytes: "GET http://a?x HTTP/1.1\r\nHost: a\r\n\r\n",
            statuses: [200],
            ending: .kept,
            isProblem: false
        ),
        RawCase(name: "an absolute target, no host", bytes: "GET http://a/healthz HTTP/1.1\r\n\r\n"),
        RawCase(name: "an absolute target with a user", bytes: "GET http://u@a/healthz HTTP/1.1\r\nHost: a\r\n\r\n"),
        RawCase(name: "an absolute target without a host", bytes: "GET http:///healthz HTTP/1.1\r\nHost: a\r\n\r\n"),
        RawCase(name: "another scheme", bytes: "GET ftp://a/healthz HTTP/1.1\r\nHost: a\r\n\r\n"),
    ]
}

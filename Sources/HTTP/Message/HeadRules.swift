import HTTPTypes
import NIOHTTP1

/// The rules for the head of a request, checked before a route gets it (RFC 9112).
///
/// The decoder refuses heads that it cannot parse; these rules refuse heads that it can parse, but that a proxy between
/// the client and this server could interpret differently.
struct HeadRules {
    /// The largest body, in bytes.
    let maximumBody: Int

    /// Checks a head, and returns it with its target in origin form, or `*`.
    ///
    /// - Throws: The refusal, after which the connection has to end.
    func admit(_ head: HTTPRequestHead) throws(Problem) -> HTTPRequestHead {
        var head = head
        try checkHost(head)
        try checkBody(head)
        try normalizeTarget(of: &head)
        // Hummingbird closes a connection by this header alone, and only in this spelling.
        if !head.isKeepAlive || head.changesProtocol {
            head.headers.replaceOrAdd(name: "Connection", value: "close")
        }
        return head
    }

    private func checkHost(_ head: HTTPRequestHead) throws(Problem) {
        let hosts = head.headers["Host"]
        guard hosts.count <= 1 else { throw Problem(.badRequest, "there is more than one", field: "Host") }
        guard let host = hosts.first else {
            if head.version == .http1_0 { return }
            throw Problem(.badRequest, "there has to be one", field: "Host")
        }
        guard host.isHost else { throw Problem(.badRequest, "not a host", field: "Host") }
    }

    private func checkBody(_ head: HTTPRequestHead) throws(Problem) {
        try checkCodings(head)
        guard let length = head.headers.first(name: "Content-Length") else { return }
        // The decoder accepts digits only, so a value that is no `Int` is too large for one.
        guard let length = Int(length), length <= maximumBody else {
            throw .bodyTooLarge
        }
    }

    /// Refuses codings without chunked as the last, because the end of the body would be unknown (RFC 9112, section 6.1
    /// and 6.3), and all others but chunked.
    private func checkCodings(_ head: HTTPRequestHead) throws(Problem) {
        let codings = head.headers[canonicalForm: "Transfer-Encoding"].map { $0.lowercased() }
        guard let last = codings.last else { return }
        guard last == "chunked", head.version != .http1_0 else {
            throw Problem(.badRequest, "the end of the body cannot be known", field: "Transfer-Encoding")
        }
        guard codings.count == 1 else {
            throw Problem(.notImplemented, "only chunked is understood", field: "Transfer-Encoding")
        }
    }

    private func normalizeTarget(of head: inout HTTPRequestHead) throws(Problem) {
        if head.method == .CONNECT {
            var problem = Problem(.methodNotAllowed, "this server is no proxy")
            // RFC 9110, section 10.2.1: an empty value means that the target allows no method.
            problem.headers[.allow] = ""
            throw problem
        }
        if head.uri.utf8.first == UInt8(ascii: "/") || (head.uri == "*" && head.method == .OPTIONS) { return }
        guard let target = AbsoluteTarget(head.uri) else { throw Problem(.badRequest, "not a target of a request") }
        // RFC 9112, section 3.2.4: without a path, this is the form for proxies of what servers get as `*`.
        head.uri = head.method == .OPTIONS && target.path.isEmpty ? "*" : target.originForm
        head.headers.replaceOrAdd(name: "Host", value: target.authority)
    }
}

extension HTTPRequestHead {
    /// True if the decoder treats the following bytes as another protocol, and reads no more requests.
    fileprivate var changesProtocol: Bool { headers.contains(name: "Upgrade") }
}

extension String {
    /// True for a valid value of `Host`: letters, digits and the punctuation of hosts and ports.
    ///
    /// It may be empty, for a target without a host.
    var isHost: Bool {
        utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                // Digits and the colon, and sub-delimiters from the ampersand to the dot.
                UInt8(ascii: "0")...UInt8(ascii: ":"), UInt8(ascii: "&")...UInt8(ascii: "."):
                true
            default:
                "[]_~!$%;=".utf8.contains(byte)
            }
        }
    }
}

import HTTPTypes
import NIOHTTP1

/// The rules that the head of a request must keep to before a route sees it (RFC 9112).
///
/// The decoder refuses what it cannot parse; these rules are about heads that can be parsed, and that a proxy between the
/// client and this server would understand differently.
struct HeadRules {
    /// The largest body, in bytes.
    let maximumBody: Int

    /// A head as the routes expect it: its target in origin form, or `*`.
    ///
    /// - Throws: Why the request is refused, after which its connection has to end.
    func admit(_ head: HTTPRequestHead) throws(Problem) -> HTTPRequestHead {
        var head = head
        try checkHost(head)
        try checkBody(head)
        try normalizeTarget(of: &head)
        // Hummingbird goes by this header alone, and knows it in this spelling only.
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
        // The decoder takes digits only, so what is no `Int` is too large for one.
        guard let length = Int(length), length <= maximumBody else {
            throw .bodyTooLarge
        }
    }

    /// RFC 9112, section 6.1 and 6.3: without chunked at the end nobody knows where the body ends.
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
            // RFC 9110, section 10.2.1: an empty value says that the target takes no method.
            problem.headers[.allow] = ""
            throw problem
        }
        if head.uri.utf8.first == UInt8(ascii: "/") || (head.uri == "*" && head.method == .OPTIONS) { return }
        guard let target = AbsoluteTarget(head.uri) else { throw Problem(.badRequest, "not a target of a request") }
        // Section 3.2.4: a client asks a proxy so for what the proxy asks the server with a star.
        head.uri = head.method == .OPTIONS && target.path.isEmpty ? "*" : target.originForm
        head.headers.replaceOrAdd(name: "Host", value: target.authority)
    }
}

extension HTTPRequestHead {
    /// Whether the decoder takes what follows for another protocol, and reads no more requests.
    fileprivate var changesProtocol: Bool { headers.contains(name: "Upgrade") }
}

extension String {
    /// Whether it can be the value of `Host`: letters, digits and what else a host and a port are written with.
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

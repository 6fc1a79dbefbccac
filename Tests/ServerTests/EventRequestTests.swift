import Analytics
import HTTP
import NIOHTTP1
import Support
import Testing

@testable import Server

struct EventRequestTests {
    private static let target = "/analytics?timestamp=1&user=a&event=click"

    @Test(arguments: [
        [:], ["Content-Length": "0"], ["CONTENT-LENGTH": "0"], ["Connection": "Keep-Alive"],
        ["User-Agent": "curl", "Accept": "*/*", "Cookie": "a=b", "X-Forwarded-For": "::1"],
        ["Content-Type": "application/json"], ["Content-Type": "application/x-www-form-urlencoded"],
        ["X-Request-Id": "mine"],
    ])
    func takesRequestsThatNeedOnlyTheQuery(headers: [String: String]) {
        #expect(EventRequest.recognize(head(headers)) != nil)
    }

    @Test(arguments: [
        ["Content-Length": "1"], ["Content-Length": "00"], ["Transfer-Encoding": "chunked"],
        ["Connection": "close"], ["Connection": "keep-alive, Upgrade"], ["Upgrade": "h2c"],
        ["Expect": "100-continue"], ["Prefer": "handling=strict"], ["IDEMPOTENCY-KEY": "k"],
        ["content-encoding": "gzip"], ["Content-Type": "text/csv"], ["Content-Type": "Text/CSV; charset=utf-8"],
        ["Content-Type": "application/x-ndjson"], ["X-Request-Id": "not mine"], ["X-Request-Id": ""],
    ])
    func leavesRequestsWithOtherHeaders(headers: [String: String]) {
        #expect(EventRequest.recognize(head(headers)) == nil)
    }

    @Test func leavesTwoIDs() {
        var head = head([:])
        head.headers.add(name: "X-Request-Id", value: "a")
        head.headers.add(name: "X-Request-Id", value: "b")
        #expect(EventRequest.recognize(head) == nil)
    }

    /// Requests that `HeadRules` refuses must be left to them.
    @Test(arguments: [[], ["a", "a"], ["a", "b"], ["a/b"], ["u@a"], ["a b"], ["é"], ["a\"b"]] as [[String]])
    func leavesRequestsWithoutOneValidHost(hosts: [String]) {
        let headers = HTTPHeaders(hosts.map { ("Host", $0) })
        let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: Self.target, headers: headers)
        #expect(EventRequest.recognize(head) == nil)
    }

    @Test(arguments: ["a", "A.example", "127.0.0.1:8080", "[::1]:80", "xn--4ca.example", ""])
    func takesHosts(host: String) {
        let headers: HTTPHeaders = ["Host": host]
        let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: Self.target, headers: headers)
        #expect(EventRequest.recognize(head) != nil)
    }

    @Test(arguments: [
        "/analytics", "/analytics?", "/analytics/?a", "/Analytics?a", "//analytics?a", "/analytics?a#b", "",
        "http://a/analytics?a", "/%61nalytics?a", "*", "/analytic?sa",
    ])
    func leavesOtherTargets(target: String) {
        #expect(EventRequest.recognize(HTTPRequestHead(version: .http1_1, method: .POST, uri: target)) == nil)
    }

    @Test func leavesOtherMethodsAndVersions() {
        #expect(EventRequest.recognize(HTTPRequestHead(version: .http1_1, method: .GET, uri: Self.target)) == nil)
        #expect(EventRequest.recognize(HTTPRequestHead(version: .http1_0, method: .POST, uri: Self.target)) == nil)
    }

    @Test func readsTheEvent() throws {
        let times = AcceptedTimes().range(at: Timestamp(seconds: 10))
        let request = try #require(EventRequest.recognize(head(["X-Request-Id": "mine"])))
        #expect(request.id == "mine")
        #expect(
            EventRequest.event(of: request, site: { _ in (Site.standard, times) })
                == .sample(at: 1000, user: "a", kind: .click)
        )
        let target = "/analytics?timestamp=9999999&user=a&event=click"
        let late = HTTPRequestHead(version: .http1_1, method: .POST, uri: target, headers: ["Host": "a"])
        let refused = try #require(EventRequest.recognize(late))
        #expect(EventRequest.event(of: refused, site: { _ in (Site.standard, times) }) == nil)
        #expect(EventRequest.event(of: request, site: { _ in nil }) == nil)
    }

    private func head(_ headers: [String: String]) -> HTTPRequestHead {
        let headers = HTTPHeaders([("Host", "a")] + Array(headers))
        return HTTPRequestHead(version: .http1_1, method: .POST, uri: Self.target, headers: headers)
    }
}

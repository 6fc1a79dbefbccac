import HTTPTypes
import Hummingbird
import Testing

@testable import HTTP

struct RouteTableTests {
    private static func route(_ path: PathTemplate, _ methods: HTTPRequest.Method...) -> Route {
        var handlers: [HTTPRequest.Method: Route.Handler] = [:]
        for method in methods { handlers[method] = { _, _ in Response(status: .ok) } }
        return Route(path, handlers)
    }

    private static let table = RouteTable([
        route("/sites", .get, .post), route("/sites/{site}", .get), route("/sites/default", .get),
        route("/sites/{site}/keys/{key}", .delete), route("/", .get),
        route("/t.js", .get), route("/t.{hash}.js", .get),
        route("/{number}.gif", .get), route("/pixel.gif", .get), route("/files/v{version}", .get),
    ])

    @Test(
        arguments: [
            ("/sites", "/sites", [:]), ("/", "/", [:]), ("/sites/default", "/sites/default", [:]),
            ("/sites/a", "/sites/{site}", ["site": "a"]), ("/sites/a%2Fb%20c", "/sites/{site}", ["site": "a/b c"]),
            ("/t.js", "/t.js", [:]), ("/t.0f.js", "/t.{hash}.js", ["hash": "0f"]),
            ("/t.a.b.js", "/t.{hash}.js", ["hash": "a.b"]), ("/t.%41.js", "/t.{hash}.js", ["hash": "A"]),
            ("/sites/%C3%A9", "/sites/{site}", ["site": "é"]),
            ("/sites/x/keys/7", "/sites/{site}/keys/{key}", ["site": "x", "key": "7"]),
            ("/123.gif", "/{number}.gif", ["number": "123"]), ("/a.gif.gif", "/{number}.gif", ["number": "a.gif"]),
            ("/%C3%A9.gif", "/{number}.gif", ["number": "é"]), ("/pixel.gif", "/pixel.gif", [:]),
            ("/files/v1.2", "/files/v{version}", ["version": "1.2"]),
        ] as [(String, String, [String: String])]
    )
    func finds(path: String, template: String, parameters: [String: String]) throws {
        let match = try #require(Self.table.match(path))
        #expect(match.route.path.text == template)
        #expect(match.parameters == parameters)
    }

    @Test(arguments: [
        "/sites/", "/Sites", "sites", "", "//sites", "/sites//keys/1", "/sites/a/keys", "/sites/a/keys/1/2", "/sites/%",
        "/sites/%4", "/sites/%zz", "/sites/%ff", "/t..js", "/t.x.mjs", "/x.t.x.js", "/t.x.js/y", "/t.%.js", "/other",
        "/sites/a/",
        "/.gif", "/1.GIF", "/1.gif/", "/1.gif2", "/1%2Egif", "/a/1.gif", "/%.gif", "/%f.gif", "/files/v", "/files/w1",
    ])
    func findsNone(path: String) { #expect(Self.table.match(path) == nil) }

    @Test func methodsFollowFromTheHandlers() throws {
        let sites = try #require(Self.table.match("/sites")).route
        #expect(sites.allow == "GET, HEAD, OPTIONS, POST")
        #expect(try #require(Self.table.match("/sites/a/keys/1")).route.allow == "DELETE, OPTIONS")
        #expect(Self.table.allow == "DELETE, GET, HEAD, OPTIONS, POST")
    }

    @Test func labelsAreTemplatesOrOther() {
        #expect(Self.table.labels(path: "/sites/a", method: "GET", status: 200).route == "/sites/{site}")
        #expect(Self.table.labels(path: "/sites/a", method: "PUT", status: 405).route == "other")
        #expect(Self.table.labels(path: "/nowhere", method: "GET", status: 404).method == "other")
    }

    @Test func theKindOfABodyIsThatOfItsRoute() {
        let events = BodyKind("events", refusal: .unavailable("full")) { true }
        let table = RouteTable([Route("/events", [.post: { _, _ in Response(status: .ok) }], bodies: events)])
        #expect(table.bodyKind(ofTarget: "/events?a=b").name == "events")
        #expect(table.bodyKind(ofTarget: "/login").name == "other")
    }
}

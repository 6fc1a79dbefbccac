import NIOHTTP1
import Analytics
import FoundationEssentials
import Support

/// Somebody with a role, who looks at pages of the site `shop`.
struct LoggedIn {
    let shop: CollectServer
    private let cookie: String

    /// Lends one, with a server of their own.
    static func with(
        _ role: Role = .member,
        zone: String = "UTC",
        _ body: @Sendable (LoggedIn) async throws -> Void
    ) async throws {
        try await CollectServer.with(zone: zone) { shop in
            try await body(LoggedIn(shop, role))
        }
    }

    init(_ shop: CollectServer, _ role: Role) async throws {
        self.shop = shop
        cookie = try await shop.server.database.addLogin(role)
    }

    /// Opens a page.
    func open(_ target: String) async throws -> HTTPAnswer {
        try await shop.server.ask(.GET, target, ["Cookie": cookie])
    }

    /// Sends a form of a page.
    func send(_ target: String, _ form: String) async throws -> HTTPAnswer {
        let headers: HTTPHeaders = [
            "Cookie": cookie, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded",
        ]
        return try await shop.server.ask(.POST, target, headers, body: form)
    }

    /// Asks the interface by a JSON document with the read key of the site.
    func asked<Value: Decodable>(_ type: Value.Type, _ target: String, _ document: String) async throws -> Value {
        let answer = try await shop.post(document, to: target, key: shop.read)
        return try JSONDecoder().decode(type, from: Data(answer.body.utf8))
    }

    /// Asks the interface with the read key of the site.
    func asked<Value: Decodable>(_ type: Value.Type, _ target: String) async throws -> Value {
        let answer = try await shop.ask(target)
        return try JSONDecoder().decode(type, from: Data(answer.body.utf8))
    }
}

import Analytics
import HTTP
import NIOHTTP1
import Postgres
import Schema
import Server
import Support
import SystemPackage

/// A server with a site `shop`, whose pages are on shop.example, and its keys.
struct CollectServer: Sendable {
    let server: RunningServer
    let write: String
    let trusted: String
    let read: String
    /// A server key of another site, `other`.
    let other: String

    /// The agent of a browser.
    static let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0"

    var database: TestDatabase { server.database }

    static func with(
        _ flavour: Flavour = .postgres,
        settings: String = "{}",
        zone: String = "UTC",
        _ serverSettings: ServerSettings = ServerSettings(),
        geoDatabase: FilePath? = nil,
        spamHosts: FilePath? = nil,
        queries: FilePath? = nil,
        _ body: @Sendable (CollectServer) async throws -> Void
    ) async throws {
        try await withDatabase(flavour) { database in
            try await database.addSite("shop", zone: zone, settings: settings, hosts: ["shop.example"])
            try await database.addSite("other")
            let write = try await database.addKey(.write, to: "shop")
            let trusted = try await database.addKey(.server, to: "shop")
            let read = try await database.addKey(.read, to: "shop")
            let other = try await database.addKey(.server, to: "other")
            try await RunningServer.with(
                database,
                serverSettings,
                geoDatabase: geoDatabase,
                spamHosts: spamHosts,
                queries: queries
            ) { server in
                try await body(
                    CollectServer(server: server, write: write, trusted: trusted, read: read, other: other)
                )
            }
        }
    }

    /// Posts to a route as JSON.
    func post(
        _ body: String,
        to path: String = "/api/v1/events",
        key: String? = nil,
        _ headers: HTTPHeaders = [:]
    ) async throws -> HTTPAnswer {
        var headers = headers
        if let key { headers.add(name: "Authorization", value: "Bearer \(key)") }
        // Without an agent, the sender would be a bot.
        if headers["User-Agent"].isEmpty { headers.add(name: "User-Agent", value: Self.firefox) }
        if headers["Content-Type"].isEmpty { headers.add(name: "Content-Type", value: "application/json") }
        return try await server.ask(.POST, path, headers, body: body)
    }

    /// Asks a route with the read key.
    func ask(_ target: String) async throws -> HTTPAnswer {
        try await server.ask(.GET, target, ["Authorization": "Bearer \(read)"])
    }

    /// Asks a route by a share link, and with no key.
    func ask(_ target: String, share: String, _ headers: HTTPHeaders = [:]) async throws -> HTTPAnswer {
        try await server.ask(.GET, "\(target)\(target.contains("?") ? "&" : "?")share=\(share)", headers)
    }

    /// The first column of a query, as text.
    func values(_ sql: String) async throws -> [String?] {
        try await Connection.with(database.url, setup: "SET search_path = hourglass, public;") { connection in
            try await connection.table(PostgresQuery(sql), limit: .none).rows.map { row in
                switch row.first {
                case .text(let text)?: text
                case .integer(let number)?: "\(number)"
                case .null?, nil: nil
                case let value?: "\(value)"
                }
            }
        }
    }
}

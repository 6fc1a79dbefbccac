import NIOHTTP1
import Support

/// The figures of a message of live figures.
struct LiveCounts: Decodable {
    struct Hour: Decodable {
        let unique_users: Int
        let clicks: Int
        let impressions: Int
    }

    struct Minute: Decodable {
        let at: String
        let visitors: Int
        let pageviews: Int
    }

    let at: String
    let visitors_5m: Int
    let visitors_30m: Int
    let hour: Hour?
    let minutes: [Minute]
}

/// The hits of a message.
struct LiveHits: Decodable {
    struct Hit: Decodable {
        let name: String
        let path: String?
        let time: String
    }

    let hits: [Hit]
}

/// A message about what is missing.
struct LiveGap: Decodable {
    let detail: String
    var since: String?
    var missed: Int?
}

extension EventStream {
    /// Waits for the next message of a kind, and takes the paths of the hits that come before.
    mutating func next(_ event: String, paths: inout [String]) async throws -> Message? {
        while let message = try await next() {
            if message.event == "hits" {
                paths += try message.decoded(LiveHits.self).hits.map { $0.path ?? "" }
            }
            if message.event == event { return message }
        }
        return nil
    }

    /// Waits for figures that meet a condition.
    mutating func counts(where condition: (LiveCounts) -> Bool) async throws -> LiveCounts? {
        while let message = try await next() {
            guard message.event == "counts" else { continue }
            let counts = try message.decoded(LiveCounts.self)
            if condition(counts) { return counts }
        }
        return nil
    }
}

extension CollectServer {
    static let live = "/api/v1/realtime?site=shop"

    /// Opens a stream with the read key.
    func stream<R>(after last: String? = nil, _ body: (inout EventStream) async throws -> R) async throws -> R {
        var headers: HTTPHeaders = ["Authorization": "Bearer \(read)"]
        if let last { headers.add(name: "Last-Event-ID", value: last) }
        return try await EventStream.with(port: server.port, Self.live, headers, body)
    }

    /// Views pages, each by another visitor.
    func view(_ paths: [String], name: String = "pageview") async throws -> HTTPAnswer {
        let hits = paths.map { path in
            let who = #""visitor":"v\#(path.dropFirst())","user_agent":"\#(Self.firefox)""#
            return #"{"name":"\#(name)","url":"https://shop.example\#(path)",\#(who)}"#
        }
        return try await post("[" + hits.joined(separator: ",") + "]", key: trusted)
    }
}

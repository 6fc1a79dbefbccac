import FoundationEssentials

/// A message of the live figures of a site.
enum LiveMessage: Sendable {
    case counts(LiveCounts)
    case hits([LiveHit])
    /// The figures are old or incomplete, with the reason.
    case behind(String)
    /// The stream is over or cannot be opened, with the reason.
    case ended(String)

    /// Reads a message; nil if it is of no known kind or form.
    init?(_ message: ServerSentMessage) {
        let data = Data(message.data.utf8)
        // A message of another form, of a newer server, is passed over.
        let decoder = JSONDecoder()
        switch message.event {
        case "counts":
            guard let counts = try? decoder.decode(LiveCounts.self, from: data) else { return nil }
            self = .counts(counts)
        case "hits":
            guard let hits = try? decoder.decode(LiveHits.self, from: data) else { return nil }
            self = .hits(hits.hits)
        case "behind":
            self = .behind((try? decoder.decode(LiveDetail.self, from: data))?.detail ?? "figures are missing")
        case "end":
            self = .ended((try? decoder.decode(LiveDetail.self, from: data))?.detail ?? "the stream is over")
        default: return nil
        }
    }
}

/// The figures of a site.
struct LiveCounts: Codable, Sendable {
    /// A minute of the clock.
    struct Minute: Codable, Sendable {
        let at: String
        let visitors: Int
        let pageviews: Int
    }

    /// The counts of the hour that ends at `at`.
    struct Hour: Codable, Sendable {
        let unique_users: Int
        let clicks: Int
        let impressions: Int
    }

    let at: String
    let visitors_5m: Int
    let visitors_30m: Int
    let minutes: [Minute]
    let hour: Hour?
}

/// A hit as the stream has it.
struct LiveHit: Decodable, Sendable {
    let time: String
    let name: String
    let host: String?
    let path: String?
    let country: String?
    let browser: String?
    let source: String?
}

private struct LiveHits: Decodable {
    let hits: [LiveHit]
}

private struct LiveDetail: Decodable {
    let detail: String?
}

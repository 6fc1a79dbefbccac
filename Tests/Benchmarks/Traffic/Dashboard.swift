import FoundationEssentials
import Load

/// The cards of a dashboard over the days of a filling, asked by one request.
struct Dashboard: Sendable {
    /// A row of a card.
    struct Row: Codable, Hashable, Sendable {
        let dimensions: [String]
        let metrics: [Double]
    }

    /// The answer to a dashboard, and the time that it took.
    struct Answer: Sendable {
        let cards: [[Row]]
        let duration: Duration

        /// The page views among the totals, which are the first card.
        var pageviews: Double { cards.first?.first?.metrics.dropFirst(2).first ?? 0 }
    }

    /// An answer that is none.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private struct Body: Decodable {
        struct Card: Decodable {
            let results: [Row]
        }

        let results: [Card]
    }

    /// The time after which a dashboard that is not ready is given up.
    private static let longest: Duration = .seconds(300)
    private static let unavailable = 503

    let filling: HitFilling

    /// The seconds of the days.
    var period: Range<Int> { filling.first..<filling.first + HitFilling.days * 86_400 }

    /// Asks all cards; asks again as long as the server answers that it is not ready, which counts too.
    ///
    /// - Parameters:
    ///   - filter: The filter.
    ///   - number: A number that no dashboard had before, so that no answer to it is known.
    ///   - isAnew: True for a period that ends so many seconds sooner, of which nothing has been counted before.
    ///   - conversation: A connection.
    /// - Returns: The answer.
    /// - Throws: A `Failure`, or the error of the connection.
    func ask(
        _ filter: DashboardFilter,
        number: Int,
        isAnew: Bool,
        _ conversation: inout Conversation
    ) async throws -> Answer {
        let last = period.upperBound - 1 - (isAnew ? number : 0)
        let moments = (first: Self.moment(period.lowerBound), last: Self.moment(last))
        let queries = DashboardCard.all.map { $0.query(moments, filter, number: number) }
        let body = #"{"queries":[\#(queries.joined(separator: ","))]}"#
        let start = ContinuousClock.now
        while true {
            let (status, text) = try await conversation.post(
                json: body,
                to: "/api/v2/queries",
                key: HitFilling.readKey
            )
            let duration = ContinuousClock.now - start
            if status == Self.unavailable, duration < Self.longest {
                // The server goes on from where it was.
                try await Task.sleep(for: .milliseconds(100))
                continue
            }
            guard status == 200 else {
                throw Failure(description: "a dashboard was answered \(status): \(text.prefix(300))")
            }
            let cards = try JSONDecoder().decode(Body.self, from: Data(text.utf8)).results.map(\.results)
            return Answer(cards: cards, duration: duration)
        }
    }

    /// Stores a page view of a new visitor; returns the time that it took.
    func storeHit(at second: Int, _ conversation: inout Conversation) async throws -> Duration {
        let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0"
        let time = Self.moment(second)
        let hit =
            #"{"url":"https://example.com/pages/0","title":"Page 0","timestamp":"\#(time)","#
            + #""visitor":"\#(UInt64.random(in: 0 ... .max))","user_agent":"\#(agent)"}"#
        let start = ContinuousClock.now
        let (status, text) = try await conversation.post(json: hit, to: "/api/v1/events", key: HitFilling.serverKey)
        guard status == 204 else { throw Failure(description: "a hit was answered \(status): \(text.prefix(300))") }
        return ContinuousClock.now - start
    }

    private static func moment(_ second: Int) -> String {
        Date(timeIntervalSince1970: Double(second)).formatted(.iso8601)
    }
}

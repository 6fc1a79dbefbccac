import FoundationEssentials

/// The counts of hours of a site, which end at equal distances up to now.
struct HourAnswer: Sendable {
    /// The counts of the hour that ends at a moment.
    struct Count: Decodable, Equatable, Sendable {
        /// Seconds since 1970.
        let at: Int
        let unique_users: Int
        let clicks: Int
        let impressions: Int
    }

    let span: HourSpan
    var counts: [Count] = []
    /// The reason for which the counts are missing; nil if they are not.
    var trouble: String?

    /// Reads the counts of a site.
    ///
    /// - Parameters:
    ///   - client: The client of the server.
    ///   - site: The site.
    ///   - span: The time.
    ///   - now: The end of the last hour.
    /// - Returns: The answer.
    static func read(_ client: APIClient, _ site: WatchedSite, _ span: HourSpan, now: Date = .now) async -> HourAnswer {
        var answer = HourAnswer(span: span)
        do {
            let target = target(site, span, end: Int(exactly: now.timeIntervalSince1970.rounded(.down)) ?? 0)
            answer.counts = counts(try await client.found(target, key: site.key))
        } catch {
            answer.trouble = "\(error)"
        }
        return answer
    }

    /// The path with the question.
    ///
    /// - Parameters:
    ///   - site: The site.
    ///   - span: The time.
    ///   - end: The end of the last hour, in seconds since 1970.
    /// - Returns: The path.
    static func target(_ site: WatchedSite, _ span: HourSpan, end: Int) -> String {
        "/api/v1/hours?from=\(max(0, end - span.seconds))&to=\(max(0, end))&step=\(span.step)\(site.parameters)"
    }

    /// The counts in an answer; none if it has another form.
    static func counts(_ body: String) -> [Count] {
        // An answer of another form leaves the charts empty.
        (try? JSONDecoder().decode([Count].self, from: Data(body.utf8))) ?? []
    }
}

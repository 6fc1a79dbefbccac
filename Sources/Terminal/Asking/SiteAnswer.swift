import FoundationEssentials

/// The lists and totals of a site.
struct SiteAnswer: Sendable {
    /// A number of the whole period.
    struct Total: Equatable, Sendable {
        let name: String
        let value: Double
        /// The number of the period before; nil if it was not asked for, or is not known.
        var before: Double?
        /// The change in percent, or in points for a rate.
        var change: Double?
    }

    /// The numbers, in the order of the screen.
    static let metrics = ["visitors", "visits", "pageviews", "bounce_rate", "visit_duration"]
    /// Those that are numbers of hits.
    private static let hitMetrics = ["visitors", "pageviews"]

    let question: SiteQuestion
    var totals: [Total] = []
    var lists: [TopList] = []
    /// The reason for which something is missing; nil if nothing is.
    var trouble: String?

    /// Reads the answer for a site; what cannot be read is missing, with the reason.
    ///
    /// - Parameters:
    ///   - client: The client of the server.
    ///   - site: The site.
    ///   - question: The question.
    /// - Returns: The answer.
    static func read(_ client: APIClient, _ site: WatchedSite, _ question: SiteQuestion) async -> SiteAnswer {
        var answer = SiteAnswer(question: question)
        guard site.name != nil else {
            answer.trouble = "lists need the name of the site: start with --site NAME"
            return answer
        }
        do {
            let parameters = question.parameters + site.parameters
            answer.lists = try await TopList.read(client, parameters, key: site.key)
            let compare = question.isComparing ? "&compare=previous_period" : ""
            let metrics = question.filter?.isAboutVisits == false ? hitMetrics : metrics
            let target = "/api/v1/stats/aggregate?metrics=\(metrics.joined(separator: ","))\(compare)\(parameters)"
            answer.totals = totals(try await client.found(target, key: site.key))
        } catch {
            answer.trouble = "\(error)"
        }
        return answer
    }

    /// The totals in an answer; none if it has another form.
    static func totals(_ body: String) -> [Total] {
        // An answer of another form leaves the totals out.
        guard let answer = try? JSONDecoder().decode(Aggregate.self, from: Data(body.utf8)) else { return [] }
        return metrics.compactMap { name in
            guard let found = answer.results[name], let value = found.value else { return nil }
            return Total(name: name, value: value, before: found.comparison_value, change: found.change)
        }
    }

    private struct Aggregate: Decodable {
        struct Number: Decodable {
            let value: Double?
            let comparison_value: Double?
            let change: Double?
        }

        let results: [String: Number]
    }
}

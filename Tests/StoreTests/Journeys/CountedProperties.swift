import Analytics
import Support

/// The hits by the names of their properties, counted one by one.
struct CountedProperties {
    private var hits: [String: Int] = [:]

    /// - Parameters:
    ///   - query: The question.
    ///   - hits: All hits of the site.
    ///   - site: The site.
    init(_ query: Query, of hits: [Hit], _ site: VisitSite) {
        for found in CountedReport(query, of: hits, site).wanted where found.hit.name != "engagement" {
            for name in ["plan", "seats"] where found.hit.props?.contains("\"\(name)\"") == true {
                self.hits[name, default: 0] += 1
            }
        }
    }

    /// The names by their hits, and then by their texts.
    var uses: [PropertyUse] {
        hits.map { PropertyUse($0.key, hits: $0.value) }
            .sorted { $0.hits == $1.hits ? $0.name < $1.name : $0.hits > $1.hits }
    }
}

extension Query {
    /// The hits of a random query, among them those of events with properties.
    static func randomProperties(of site: VisitSite, days: Range<Int>, using random: inout SeededGenerator) -> Query {
        var query = Query(of: site, days: days, using: &random).ofHits
        if Bool.random(using: &random) { query.filters = [] }
        if Bool.random(using: &random) {
            query.filters.append(.test(Filter.Test(.equals, .hit(.name), ["Sign up"])))
        }
        (query.limit, query.offset) = (Int.random(in: 1...3, using: &random), Int.random(in: 0...1, using: &random))
        return query
    }
}

import Analytics
import HTTP
import HTTPTypes
import Registry

extension Access {
    /// True for what everybody may ask, without a key, a link or an account.
    var isPublic: Bool { key == nil && share == nil && account == nil }

    /// True if single hits may be seen.
    var seesHits: Bool { key != nil || account?.may(.member, in: site.organisation) == true }

    /// The filters of the share link, which every question is answered with.
    ///
    /// - Throws: `RegistryFailure.malformed` for filters that this program does not understand.
    var filters: [Filter] {
        get throws(RegistryFailure) {
            guard let share else { return [] }
            guard let filters = SavedFilters(json: share.filters) else { throw .malformed }
            return filters.filters
        }
    }

    /// Adds the filters of the share link to a question.
    ///
    /// - Parameter query: The question.
    /// - Returns: The question as it may be answered.
    /// - Throws: A `Problem` for what the permission does not cover, or `RegistryFailure.malformed`
    func narrowed(_ query: Query) throws -> Query {
        var query = query
        query.filters += try filters
        try check(query)
        return query
    }

    /// Refuses what the permission does not cover.
    ///
    /// - Parameter query: The question, with the filters of the link.
    /// - Throws: A `Problem` that names the part of the question.
    func check(_ query: Query) throws(Problem) {
        if isPublic {
            if let dimension = query.dimensions.first(where: \.isOfPersons) {
                throw Self.needsKey(dimension, "dimensions")
            }
            if let test = query.filters.flatMap(\.tests).first(where: \.dimension.isOfPersons) {
                throw Self.needsKey(test.dimension, "filters")
            }
        }
        // A conversion rate is one of visitors whom filters by properties leave out.
        let rates: [Metric] = [.conversionRate, .groupConversionRate]
        if let rate = query.metrics.first(where: rates.contains), try hasPropertyFilters {
            throw Problem(.forbidden, "the link's filters do not go together with \(rate.rawValue)", field: "metrics")
        }
    }

    private var hasPropertyFilters: Bool {
        get throws(Problem) {
            do { return try filters.flatMap(\.tests).contains(where: \.dimension.isProperty) } catch {
                throw Server.problem(for: error)
            }
        }
    }

    private static func needsKey(_ dimension: Dimension, _ field: String) -> Problem {
        Problem(.forbidden, "for \(dimension.name) a public site needs a read key or a share link", field: field)
    }
}

extension Dimension {
    /// True for what may tell about single persons.
    fileprivate var isOfPersons: Bool { isProperty || self == .visit(.user) }

    /// True for properties of events, which may tell about single persons.
    fileprivate var isProperty: Bool { if case .property = self { true } else { false } }
}

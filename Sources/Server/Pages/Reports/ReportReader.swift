import Analytics
import Registry
import Web

/// Finds the numbers of a report about one page or one event.
struct ReportReader: Sendable {
    let store: any EventStore
    let registry: SiteRegistry

    /// The most rows of the lists that only reports have, and the most properties.
    private static let limits = (rows: 9, properties: 12)

    /// Answers a question.
    ///
    /// - Parameters:
    ///   - question: The question, from which is left out what cannot be answered.
    ///   - kind: The kind of thing that the report is about.
    /// - Returns: What there is to show.
    /// - Throws: A `QueryError` if the store cannot answer anything now, or a `Problem`
    func answer(_ question: inout DashboardQuestion, _ kind: SubjectKind) async throws -> ReportPage.Content {
        guard question.address.view.subject != nil else { return try await choice(&question, kind) }
        switch try await DashboardReader(store: store, registry: registry).answer(&question).content {
        case .neverHit, .noHits: return .noHits
        case .refused(let reason): return .refused(reason)
        case .numbers(let numbers):
            switch kind {
            case .page: return .numbers(numbers, .paths(try await paths(question)))
            case .event: return .numbers(numbers, .properties(try await properties(question)))
            }
        }
    }

    private func choice(_ question: inout DashboardQuestion, _ kind: SubjectKind) async throws -> ReportPage.Content {
        let reader = JourneyReader(store: store)
        switch try await reader.choices(&question, of: .hit(kind == .page ? .page : .name)) {
        case .answer(let rows): return .choice(rows)
        case .refused(let reason): return .refused(reason)
        }
    }

    /// The pages before and after the page; nil where its hits are not kept, or are too many.
    private func paths(_ question: DashboardQuestion) async throws -> PathReport? {
        guard let page = question.address.view.subject?.values.first else { return nil }
        var question = question
        let outcome = try await question.asking { [store] question in
            var selection = try await question.hits(in: store)
            selection.limit = Self.limits.rows
            return try await store.paths(PathQuery(selection, page: page))
        }
        guard case .answer(let report) = outcome else { return nil }
        return report
    }

    /// The properties of the event with their values; nil for whom the site is only shown to.
    private func properties(_ question: DashboardQuestion) async throws -> [PropertyList]? {
        guard !question.access.isPublic else { return nil }
        var question = question
        let outcome = try await question.asking { [store] question in
            let base = try await question.hits(in: store)
            var names = base
            names.limit = Self.limits.properties
            let used = try await store.properties(names)
            // A name that no question can have is left out.
            let known = used.compactMap { use in Dimension(name: "event:props:\(use.name)").map { (use, $0) } }
            let queries = known.map { Self.values(of: $0.1, base) }
            guard !queries.isEmpty else { return [PropertyList]() }
            for query in queries { try question.access.check(query) }
            return zip(known, try await store.reports(queries)).map { property, report in
                PropertyList(property.0.name, events: property.0.hits, rows: report.listRows, total: report.total)
            }
        }
        guard case .answer(let lists) = outcome else { return [] }
        return lists
    }

    private static func values(of property: Dimension, _ base: Query) -> Query {
        var query = base
        (query.dimensions, query.metrics) = ([property], [.visitors, .percentage])
        query.limit = Self.limits.rows
        return query
    }
}

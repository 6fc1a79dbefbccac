import Analytics
import Registry
import Web

/// The parameters of a dashboard, of which those that cannot be read are left out.
struct DashboardQuestion: Sendable {
    /// A parameter as `GET /api/v1/stats` takes it.
    private struct Part: Hashable {
        let name: String
        /// The name and the value, percent-encoded.
        let text: String
    }

    /// The permission of the reader, with the filters of a share link.
    let access: Access
    /// The state of the page: what is understood.
    private(set) var address: DashboardAddress
    /// The reasons why parts of the address do not count.
    var faults: [String] { noted.reasons }
    private var noted = AddressFaults()
    /// The colours that the address asks for; nil for none.
    private(set) var theme: Frame.Theme?
    /// The dates of a comparison with other ones; nil for another comparison.
    private(set) var comparedRange: DateRange?
    private var parts: [Part] = []

    private static let periodNames: Set = ["period", "date", "from", "to"]
    /// The most parameters that no page knows and links keep, and the most bytes of their names and values.
    private static let (mostUnknown, longest) = (10, 200)

    /// - Parameters:
    ///   - query: The query string, still encoded.
    ///   - access: The permission of the reader.
    ///   - share: The text of the share link by which it is seen; nil without one.
    ///   - view: The page that it is asked on, with its own parameters.
    init(_ query: String, _ access: Access, share: String? = nil, view: DashboardView = .dashboard) {
        self.access = access
        address = DashboardAddress(access.site.name, share: share)
        address.view = view
        address.isLocked = access.share?.password != nil
        var ends: [String: String] = [:]
        for parameter in AddressParameter.all(in: query) {
            let (name, value) = (parameter.name, parameter.value ?? "")
            switch name {
            case "period", "date", "tz", "segment", "bots": take(name, value)
            case "filter": takeFilter("filter=\(parameter.written ?? "")")
            case "from", "to", "cfrom", "cto": ends[name] = value
            case "metric": takeMetric(value)
            case "bucket": takeBucket(value)
            case "compare": takeComparison(value)
            case "align": takeAlignment(value)
            case "theme": takeTheme(value)
            case "done": break
            default: takeTab(name, value)
            }
        }
        if ends["from"] != nil || ends["to"] != nil { takeDates(from: ends["from"], to: ends["to"]) }
        takeComparedDates(from: ends["cfrom"], to: ends["cto"])
        checkAll()
    }

    var site: Site { access.site }

    /// The question for `GET /api/v1/stats`.
    var table: TableQuery { get throws(QueryRefusal) { try Self.table(parts) } }

    /// The query about its hits, to which numbers and dimensions are added.
    ///
    /// - Parameter store: The store, which knows the zone's dates.
    /// - Returns: The query for visitors, as the reader may ask it.
    /// - Throws: A `QueryRefusal`, a `QueryError` or a `Problem`
    func query(in store: any EventStore) async throws -> Query {
        let table = try table
        let zone = table.period.zone ?? site.zone
        let period = try await store.period(try table.period.range(), on: table.period.date, of: site.id, zone: zone)
        var query = Query(site: site.id, period: period, zone: zone, metrics: [.visitors])
        query.filters = try table.allFilters(with: site.segments) + subject
        query.includesBots = table.includesBots
        query.use(site)
        return try access.narrowed(query)
    }

    /// The hits that it is about, without a number of them.
    ///
    /// - Parameter store: The store, which knows the zone's dates.
    /// - Returns: The query, as the reader may ask it.
    /// - Throws: The errors of `query`
    func hits(in store: any EventStore) async throws -> Query {
        var query = try await query(in: store)
        query.metrics = []
        return query
    }

    /// The filter of a report about one page or one event.
    private var subject: [Filter] {
        guard let subject = address.view.subject, let dimension = FieldName.dimension(subject.field) else { return [] }
        return [.test(Filter.Test(.equals, dimension, subject.values))]
    }

    private static func table(_ parts: [Part]) throws(QueryRefusal) -> TableQuery {
        try TableQuery(parts.map(\.text).joined(separator: "&"))
    }

    private mutating func take(_ name: String, _ value: String) {
        let part = Part(name: name, text: "\(name)=\(value.percentEncoded)")
        do throws(QueryRefusal) { _ = try Self.table([part]) } catch { return note(name, error.detail) }
        // The last one counts.
        if name != "segment" { remove { $0 == name } }
        parts.append(part)
        if Self.periodNames.contains(name) {
            address.period.append((name, value))
        } else {
            address.kept.append((name, value))
        }
    }

    private mutating func takeDates(from: String?, to: String?) {
        let ends: [DashboardAddress.Parameter] = [("from", from), ("to", to)].compactMap { name, value in
            value.map { (name, $0) }
        }
        let text = ends.map { "\($0.name)=\($0.value.percentEncoded)" }.joined(separator: "&")
        do throws(QueryRefusal) {
            _ = try Self.table([Part(name: "from", text: text)])
        } catch {
            return note(error.field, error.detail)
        }
        remove { Self.periodNames.contains($0) }
        parts.append(Part(name: "from", text: text))
        address.period = ends
    }

    private mutating func takeFilter(_ text: String) {
        do throws(QueryRefusal) {
            guard case .test(let test)? = try Self.table([Part(name: "filter", text: text)]).filters.first else {
                return
            }
            let filter = DashboardFilter(FieldName.name(of: test.dimension), FilterText.sign(of: test), test.values)
            guard !address.filters.contains(filter) else { return }
            address.filters.append(filter)
            parts.append(Part(name: "filter", text: "filter=\(filter.encoded)"))
        } catch {
            note("filter", error.detail)
        }
    }

    private mutating func takeTab(_ name: String, _ value: String) {
        guard let card = DashboardCard(rawValue: name) else { return takeUnknown(name, value) }
        guard let tab = card.tabs.first(where: { $0.rawValue == value }) else {
            return note(name, "not one of \(card.tabs.map(\.rawValue).joined(separator: ", "))")
        }
        address.tabs[card] = tab == card.tabs.first ? nil : tab
    }

    /// Keeps a parameter that means nothing here in all links, for whoever put it there.
    private mutating func takeUnknown(_ name: String, _ value: String) {
        note(name, "there is no such parameter")
        let isSmall = name.utf8.count <= Self.longest && value.utf8.count <= Self.longest
        guard isSmall, !name.isEmpty, address.unknown.count < Self.mostUnknown else { return }
        address.unknown.append((name, value))
    }

    private mutating func takeBucket(_ value: String) {
        guard let unit = DashboardSeries.Unit(rawValue: value) else {
            let all = DashboardSeries.Unit.allCases.map(\.rawValue).joined(separator: ", ")
            return note("bucket", "not one of \(all)")
        }
        address.bucket = unit
    }

    private mutating func takeAlignment(_ value: String) {
        guard value == "weekday" || value == "date" else { return note("align", "not one of weekday, date") }
        address.isAligned = value == "weekday"
    }

    /// Takes the dates of a comparison with other ones, which does not count without them.
    private mutating func takeComparedDates(from: String?, to: String?) {
        guard address.comparison == .custom else {
            if from != nil || to != nil { note("cfrom", "only with compare=custom") }
            return
        }
        var dates = PeriodParameters()
        do throws(QueryRefusal) {
            guard let from, let to else { throw QueryRefusal("compare", "custom goes with cfrom and cto") }
            _ = try dates.take("from", from)
            _ = try dates.take("to", to)
            comparedRange = try dates.range()
            address.comparedDates = (from, to)
        } catch {
            address.comparison = .previous
            note("compare", error.detail)
        }
    }

    private mutating func takeMetric(_ value: String) {
        let metrics = DashboardSeries.metrics
        guard let metric = metrics.first(where: { $0.rawValue == value }) else {
            return note("metric", "not one of \(metrics.map(\.rawValue).joined(separator: ", "))")
        }
        address.metric = metric
    }

    private mutating func takeTheme(_ value: String) {
        theme = Frame.Theme(rawValue: value)
        let all = Frame.Theme.allCases.map(\.rawValue).joined(separator: ", ")
        if theme == nil { note("theme", "not one of \(all)") }
    }

    private mutating func takeComparison(_ value: String) {
        guard let comparison = DashboardComparison(rawValue: value) else {
            let all = DashboardComparison.allCases.map(\.rawValue).joined(separator: ", ")
            return note("compare", "not one of \(all)")
        }
        address.comparison = comparison
    }

    /// Leaves out what cannot be asked together, or is not there.
    private mutating func checkAll() {
        // Each time one parameter goes, and there are filters and segments.
        for _ in 0..<3 {
            do throws(QueryRefusal) {
                guard let goal = try unknownGoal else { return }
                drop("filter", "the site has no goal '\(goal)'") { $0.field == "goal" }
            } catch {
                drop(error.field, error.detail)
            }
        }
    }

    /// The first name in a filter by goals that no goal of the site has; nil if there is none.
    private var unknownGoal: String? {
        get throws(QueryRefusal) {
            let filters = try table.allFilters(with: site.segments)
            guard let period = Period(from: .latest, to: .latest) else { return nil }
            var query = Query(site: site.id, period: period, metrics: [.visitors])
            query.filters = filters
            query.use(site)
            return query.unknownGoal
        }
    }

    /// Leaves out a parameter that turned out to be wrong.
    ///
    /// - Parameters:
    ///   - name: The parameter; `period` is all of them that make the period.
    ///   - reason: The reason.
    ///   - isWrong: Tells for each filter if it is left out.
    /// - Returns: False if there was nothing to leave out.
    @discardableResult
    mutating func drop(
        _ name: String,
        _ reason: String,
        filters isWrong: (DashboardFilter) -> Bool = { _ in true }
    ) -> Bool {
        let count = parts.count
        switch name {
        case "filter":
            address.filters.removeAll(where: isWrong)
            parts.removeAll { $0.name == "filter" }
            parts += address.filters.map { Part(name: "filter", text: "filter=\($0.encoded)") }
        case "period": remove { Self.periodNames.contains($0) }
        case "bucket" where address.bucket != nil:
            address.bucket = nil
            note(name, reason)
            return true
        default: remove { $0 == name }
        }
        guard parts.count < count else { return false }
        note(name, reason)
        return true
    }

    /// The question without a filter or a segment.
    func removing(_ condition: DashboardCondition) -> DashboardQuestion {
        var question = self
        question.address = address.removing(condition)
        switch condition {
        case .filter(let filter): question.parts.removeAll { $0.text == "filter=\(filter.encoded)" }
        case .segment(let id): question.parts.removeAll { $0.text == "segment=\(id.percentEncoded)" }
        }
        return question
    }

    private mutating func remove(_ isWrong: (String) -> Bool) {
        parts.removeAll { isWrong($0.name) }
        address.period.removeAll { isWrong($0.name) }
        address.kept.removeAll { isWrong($0.name) }
    }

    /// Tells the reason why a part of the address does not count.
    ///
    /// - Parameters:
    ///   - name: The parameter.
    ///   - reason: The reason.
    mutating func note(_ name: String, _ reason: String) {
        noted.note(name, reason)
    }
}

import Analytics
import Synchronization

extension EventStore {
    /// All elements of a list.
    func elements(_ query: ListQuery) async throws -> [ListedRow] {
        let rows = Gathered()
        try await list(query) { rows.add($0) }
        return rows.all
    }

    /// All elements of a list, read by pages.
    func elements(_ query: ListQuery, byPagesOf limit: Int) async throws -> [ListedRow] {
        var query = query
        query.limit = limit
        var all: [ListedRow] = []
        while true {
            let page = try await elements(query)
            all += page
            guard page.count == limit else { return all }
            query.after = page.last?.cursor
        }
    }
}

final class Gathered: Sendable {
    private let rows = Mutex<[ListedRow]>([])

    func add(_ more: [ListedRow]) { rows.withLock { $0 += more } }

    var all: [ListedRow] { rows.withLock(\.self) }
}

extension ListedRow.Value {
    fileprivate static func maybe(_ text: String?) -> ListedRow.Value? { text.map { .text($0) } }
}

extension Hit {
    /// The values of the hit in a list of events; the form of its properties is PostgreSQL's.
    var listed: [ListedRow.Value?] {
        [.text(time.textInMilliseconds), .text(name), .maybe(host), .maybe(path), .maybe(title), nil]
            + [.maybe(visitor?.hexadecimal)] + client + [
                value.map { .json("\($0)") }, .maybe(currency), scroll.map { .number(Int($0)) },
                engaged.map { .number(Int($0)) }, .flag(flags.contains(.interactive)), .flag(flags.contains(.bot)),
                props.map { _ in .text("props") },
            ]
    }

    fileprivate var client: [ListedRow.Value?] {
        [
            origin?.source, origin?.channel, origin?.referrer, origin?.utmSource, origin?.utmMedium,
            origin?.utmCampaign, origin?.utmContent, origin?.utmTerm, place?.country, place?.region, place?.city,
            agent?.browser, agent?.browserVersion, agent?.os, agent?.osVersion, agent?.device, agent?.screen,
            agent?.language,
        ].map { .maybe($0) }
    }
}

extension SiteVisits {
    /// The values of the visits that start in a period, in a list.
    func listed(in period: Period) -> [[ListedRow.Value?]] {
        visits.filter { period.contains($0.start) }.map { visit in
            let (entry, exit) = (visit.entry.map { hits[$0] }, visit.exit.map { hits[$0] })
            return [
                .text(visit.start.textInMilliseconds), .number(visit.end.milliseconds - visit.start.milliseconds),
                .text(visit.visitor.hexadecimal), .maybe(entry?.host), .maybe(entry?.path), .maybe(exit?.host),
                .maybe(exit?.path), .number(visit.pageviews), .number(visit.events), .flag(visit.isBounce),
            ] + hits[visit.hits.lowerBound].client
        }
    }
}

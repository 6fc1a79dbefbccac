import Analytics
import HTTP

/// The events of a site as Trail lists them, the oldest first.
///
/// Other than Trail's list it ends after 1 000 events: `next` is the `cursor` of the request that goes on.
struct TrailEventList {
    /// The most events of an answer.
    private static let mostEvents = 1000
    /// The most hits that are read for an answer: there may be few of a wanted name among them.
    private static let mostHits = 50_000

    private let query: ListQuery
    private let site: Site
    /// The name of the events; nil for all.
    private let name: String?

    /// - Parameters:
    ///   - parameters: `event_type`, `start_time`, `end_time` and `cursor`, each of which may be missing.
    ///   - site: The site.
    /// - Throws: A `QueryRefusal` in Trail's words.
    init(_ parameters: [String: String], of site: Site) throws(QueryRefusal) {
        let times = try TrailPeriod(
            ["start_time": parameters["start_time"] ?? "0", "end_time": parameters["end_time"] ?? "\(Self.now)"]
        )
        guard let period = Period(from: times.start, to: times.end.advanced(by: .milliseconds(1))) else {
            throw QueryRefusal("end_time", "Invalid time parameter")
        }
        var query = ListQuery(.events, of: site.id, in: period, limit: Self.mostEvents)
        if let text = parameters["cursor"] {
            guard let cursor = ListCursor(text) else { throw QueryRefusal("cursor", "Invalid cursor") }
            query.after = cursor
        }
        (self.query, self.site, name) = (query, site, parameters["event_type"])
    }

    /// A day from now: hits may be as far ahead.
    private static var now: Int { Timestamp.now.milliseconds / 1000 + 86_400 }

    /// The answer.
    ///
    /// - Throws: A `QueryError`
    func json(from store: any EventStore) async throws -> JSON {
        var (query, events, read, hasMore) = (query, [JSON](), 0, true)
        while hasMore, events.count < Self.mostEvents, read < Self.mostHits {
            let rows = try await store.elements(query)
            hasMore = rows.count == Self.mostEvents
            read += rows.count
            for row in rows where events.count < Self.mostEvents {
                query.after = row.cursor
                let event = Event(row)
                if name == nil || event.name == name { events.append(json(event)) }
            }
            if events.count == Self.mostEvents { hasMore = hasMore || rows.last?.cursor != query.after }
        }
        return .object([
            "events": .array(events), "next": hasMore ? query.after.map { .text($0.text) } : nil,
            "success": .bool(true),
        ])
    }

    private struct Event {
        let row: ListedRow

        init(_ row: ListedRow) { self.row = row }

        /// A value as text; nil for none.
        func text(_ column: String) -> String? {
            guard let place = ListQuery.Kind.events.columns.firstIndex(of: column) else { return nil }
            return switch row.values[place] {
            case .text(let text), .json(let text): text
            default: nil
            }
        }

        var name: String? { text("name") }
    }

    private func json(_ event: Event) -> JSON {
        let url = event.text("path").map { "https://\(event.text("host") ?? "")\($0)" }
        return .object([
            "event_id": .text(event.row.cursor.text),
            "session_id": event.text("visitor").map(JSON.text) ?? .raw("null"),
            "time_entered": .text(HTTPDate.text(seconds: event.row.cursor.time.milliseconds / 1000)),
            // It is not kept.
            "user_agent": .raw("null"),
            "page_url": url.map(JSON.text) ?? .raw("null"),
            "event_type": event.name.map(JSON.text) ?? .raw("null"),
            "custom_data": .text(event.text("props") ?? "{}"),
            "project_id": .text(site.name.text),
        ])
    }
}

import Analytics
import HTTP
import Hummingbird
import Web

/// The page with the live figures of a site, `/s/{site}/realtime`.
struct RealtimePages: Sendable {
    let realtime: Realtime
    let writer: PageWriter

    var routes: [PageRoute] { [PageRoute("/s/{site}/realtime", .site(.viewer), get: show)] }

    @Sendable private func show(_ page: PageRequest) async throws -> Response {
        let (site, account) = (try page.ownSite, try page.account)
        let seesHits = account.may(.member, in: site.organisation)
        let snapshot = try await realtime.snapshot(of: site, hasHits: seesHits)
        let figures = LiveFigures(
            snapshot.reading.counts,
            hour: snapshot.reading.hour ?? HourReport(uniqueUsers: 0, clicks: 0, impressions: 0),
            hits: seesHits ? Self.hits(snapshot.hits) : nil,
            isBehind: snapshot.isBehind
        )
        return writer.response(RealtimePage(site.name, figures), for: account, to: page.request)
    }

    /// The hits, the latest first.
    private static func hits(_ rows: [[ListedRow.Value?]]) -> [LiveHit] {
        ListedElement.all(.events, rows).reversed().compactMap { hit in
            guard let time = hit.moment("time") else { return nil }
            return LiveHit(
                time: time,
                name: hit.text("name") ?? "",
                page: hit.text("path") ?? "",
                source: hit.text("source") ?? "",
                country: hit.text("country") ?? "",
                browser: hit.text("browser") ?? ""
            )
        }
    }
}

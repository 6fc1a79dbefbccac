import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Registry
import Web

/// The page with the lines for the pages of a site, which waits for the first hit.
struct SnippetPages: Sendable {
    let kit: SettingsKit

    var routes: [PageRoute] {
        [
            kit.route(.snippet, .member, get: show),
            PageRoute("/s/{site}/settings/snippet/status.json", .site(.member), get: status),
        ]
    }

    @Sendable private func show(_ page: PageRequest) async throws -> Response {
        let site = try page.ownSite
        guard let server = page.server(kit.settings) else {
            throw Problem(.badRequest, "not a host", field: "Host")
        }
        let host = site.hostnames.first?.text.replacing("*.", with: "www.")
        let address = host.map { "https://\($0)/" }
        let snippet = Snippet(
            site: site.name.text,
            page: address ?? "https://example.com/",
            server: server,
            script: kit.settings.trackerPath.text,
            endpoint: kit.settings.collectPath.text
        )
        let shown = SnippetPage(site: site.name, snippet: snippet, state: try await state(of: site), page: address)
        return try kit.answer(shown, page)
    }

    @Sendable private func status(_ page: PageRequest) async throws -> Response {
        let state = try await state(of: try page.ownSite)
        return Response(
            status: .ok,
            headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: state.json))
        )
    }

    /// The last thing that has arrived for a site.
    private func state(of site: Site) async throws -> InstallationState {
        let now = Timestamp.now
        let refusals = try await kit.store.refusals(of: site.id, since: now.advanced(by: .seconds(-600)))
        let last = try await lastHit(of: site, before: now)
        if let refused = refusals.hits.max(by: { $0.time < $1.time }), last.map({ $0.time < refused.time }) ?? true {
            return .refused(reason: refused.reason, remedy: Remedy.text(for: refused.reason))
        }
        return last.map { .received(at: $0.time, page: $0.path) } ?? .waiting
    }

    /// The last hit of a day, looked for in ever longer spans: most sites have had one in the last minute.
    private func lastHit(of site: Site, before now: Timestamp) async throws -> (time: Timestamp, path: String?)? {
        let place = ListQuery.Kind.events.columns.firstIndex(of: "path") ?? 0
        for seconds in [60, 3_600, 86_400] {
            guard let period = Period(from: now.advanced(by: .seconds(-seconds)), to: now.advanced(by: .seconds(1)))
            else { continue }
            var query = ListQuery(.events, of: site.id, in: period, limit: 1_000)
            query.includesBots = true
            let rows = Rows()
            try await kit.store.list(query) { await rows.note($0.last) }
            guard let row = await rows.last else { continue }
            if case .text(let path)? = row.values[place] { return (row.cursor.time, path) }
            return (row.cursor.time, nil)
        }
        return nil
    }

    /// The last of the rows that were read.
    private actor Rows {
        private(set) var last: ListedRow?
        func note(_ row: ListedRow?) { last = row ?? last }
    }
}

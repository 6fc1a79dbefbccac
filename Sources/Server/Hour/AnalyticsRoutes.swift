import Analytics
import FoundationEssentials
import HTTP
import HTTPTypes
import Hummingbird
import Ingest
import NIOCore
import Registry

/// The route `/analytics`: `POST` stores events, `GET` returns the counts of an hour.
struct AnalyticsRoutes: Sendable {
    let settings: ServerSettings
    let meters: Meters
    let batcher: Batcher
    let store: any EventStore
    let control: AccessControl
    let reader: BodyReader

    var refuser: Refuser { Refuser(meters: meters) }

    var routes: [Route] {
        [Route("/analytics", [.get: get, .post: post], bodies: .events(batcher))]
    }

    // MARK: Asking

    @Sendable private func get(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let query = request.uri.query ?? ""
        let asked = try HourQuery(query.utf8.span)
        let site = try await site(asked.site, request)
        let report = try await store.hour(of: site, endingAt: asked.at.timestamp)
        let wantsJSON = asked.format == "json" || (asked.format == nil && request.headers.prefersJSON)
        return wantsJSON ? Response(json: report.json(at: asked.at)) : Response(csv: report.csv)
    }

    /// The site that a request asks for; the standard one needs no registry.
    private func site(_ name: SiteName?, _ request: Request) async throws -> SiteID {
        let known = Asker(request)
        if known.share == nil, isOpen(name, key: known.key) { return Site.standard }
        let asker = try await control.asker(of: request, known)
        return try await control.access { (rules) throws(AccessRules.Refusal) in
            try rules.askingHour(name, asker)
        }.site.id
    }

    /// True for the standard site without a name, as long as it needs no key.
    private func isOpen(_ name: SiteName?, key: String?) -> Bool {
        name == nil && key == nil && !control.requiresKeys
    }

    // MARK: Storing

    /// The accepted times of events now, which begin after the events that retention is known to have dropped.
    var acceptedTimes: ClosedRange<Timestamp> {
        settings.acceptedTimes.range(at: .now, keptSince: store.keptSince)
    }

    /// The site of events without a key, and their accepted times, without waiting; nil to leave them to the route.
    ///
    /// - Parameters:
    ///   - name: The site that is named; nil for the standard one.
    ///   - times: The accepted times of the server.
    /// - Returns: The site and the times.
    func openDestination(
        _ name: SiteName?,
        _ times: ClosedRange<Timestamp>
    ) -> (site: SiteID, times: ClosedRange<Timestamp>)? {
        guard let name else { return control.requiresKeys ? nil : (Site.standard, times) }
        guard let rules = control.recent, let access = try? rules.storingEvents(name, key: nil) else { return nil }
        let now = Timestamp.now
        guard access.isUnlimited || control.registry.take(1, of: access.site, isTrusted: false, now: now) else {
            return nil
        }
        return (access.site.id, access.times(within: times, now: now))
    }

    /// The site of a request's events, and their accepted times.
    struct Destination {
        let site: SiteID
        let times: ClosedRange<Timestamp>
        /// nil where everything is taken from everybody.
        let access: Access?
    }

    @Sendable private func post(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let isStrict = settings.isStrict || request.headers.preferStrict
        return try await refuser.answering(isStrict) {
            var use = try RequestKey(request)
            let query = (request.uri.query ?? "").utf8.span
            let fields = EventFields(form: query)
            let sender = Sender(request, scope, query: fields)
            let destination = try await destination(try SiteName(fields, in: query), sender)
            // Held until the events are stored.
            var share = reader.budget.share()
            switch try await input(request, fields, destination, &share, &use) {
            case .one(let event):
                try take(1, destination)
                return try await committer.commit(Batch.Entry(events: [event]), of: destination.site, answer: "", use)
            case .many(let bulk):
                share.change(to: bulk.events.count * Bulk.bytesOfEvent)
                try take(bulk.events.count, destination)
                return try await committer.commit(bulk.rows, isStrict: isStrict, use) { Batch.Entry(events: $0) }
            }
        }
    }

    private var committer: Committer { Committer(batcher: batcher, meters: meters) }

    private func destination(_ name: SiteName?, _ sender: Sender) async throws -> Destination {
        if isOpen(name, key: sender.key) { return Destination(site: Site.standard, times: acceptedTimes, access: nil) }
        let access = try await control.access { (rules) throws(AccessRules.Refusal) in
            try rules.storingEvents(name, key: sender.key)
        }
        try access.check(origin: sender.origin)
        return Destination(
            site: access.site.id,
            times: access.times(within: acceptedTimes, now: .now),
            access: access
        )
    }

    /// Counts events for the daily cap of their site.
    ///
    /// - Throws: A `Rejection` of the site if it is reached.
    private func take(_ count: Int, _ destination: Destination) throws(Rejection) {
        guard let access = destination.access, !access.isUnlimited else { return }
        guard control.registry.take(count, of: access.site, isTrusted: access.isTrusted, now: .now) else {
            throw Rejection(.site, .dailyCap)
        }
    }
}

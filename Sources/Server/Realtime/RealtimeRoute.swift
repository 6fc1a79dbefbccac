import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Registry
import ServiceLifecycle

/// The route `/api/v1/realtime`: live figures as an event stream, and with a read key the hits as they come.
struct RealtimeRoute: Sendable {
    let realtime: Realtime
    let access: ReportAccess

    var route: Route { Route("/api/v1/realtime", [.get: get], cors: access.cors) }

    @Sendable private func get(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try await access.responding(request) { permission in
            let name = try Self.site(request.uri.query ?? "")
            let granted = try await permission.aggregates(of: name)
            let filters = try granted.filters
            let headers: HTTPFields = [.contentType: "text/event-stream", .accelBuffering: "no"]
            guard request.method != .head else { return Response(status: .ok, headers: headers) }
            let stream = try realtime.open(
                granted.site,
                filters,
                // Whoever has a link sees no single hits, and a public site shows none.
                hasHits: granted.seesHits,
                after: request.headers[.lastEventID]
            )
            let body = ResponseBody { writer in
                try await send(stream, to: &writer) { try await isAllowed(request, name, as: granted) }
                try await writer.finish(nil)
            }
            return Response(status: .ok, headers: headers, body: body)
        }
    }

    /// The site that a query names; nil for that of the key or the link.
    private static func site(_ query: String) throws(QueryRefusal) -> SiteName? {
        var site: SiteName?
        for (name, value) in try QueryParameters(query) {
            switch name {
            case "site", "site_id": site = try SiteName(parameter: value)
            case "share", "key": break
            default: throw QueryRefusal(name, "there is no such parameter")
            }
        }
        return site
    }

    /// Sends a stream until the client is gone, the permission is, or the server shuts down.
    private func send(
        _ stream: Subscription,
        to writer: inout any ResponseBodyWriter,
        while isAllowed: () async throws -> Bool
    ) async throws {
        try await withTaskCancellationHandler {
            try await withGracefulShutdownHandler {
                while let messages = await stream.next() {
                    try await writer.write(messages)
                    if try await !isAllowed() { stream.end(.refused) }
                }
            } onGracefulShutdown: {
                stream.end(.shutdown)
            }
        } onCancel: {
            stream.cancel()
        }
    }

    /// True if the key, the link, the login or the site still gives the permission.
    private func isAllowed(_ request: Request, _ name: SiteName?, as granted: Access) async throws -> Bool {
        do {
            let asker = try await access.control.asker(of: request)
            let access = try await access.control.access { (rules) throws(AccessRules.Refusal) in
                try rules.asking(name, asker)
            }
            guard access.seesHits || !granted.seesHits else { return false }
            return access.site.id == granted.site.id
        } catch is RegistryFailure {
            // Nothing is known of a change while the database is away.
            return true
        } catch is Rejection {
            return false
        }
    }
}

extension HTTPField.Name {
    fileprivate static let lastEventID = known("Last-Event-ID")
    /// Keeps proxies from holding the stream back.
    fileprivate static let accelBuffering = known("X-Accel-Buffering")
}

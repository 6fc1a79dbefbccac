import Analytics
import HTTP
import Ingest
import NIOHTTP1

/// A request that stores the event in its query and is answered 204, so that only its head has to be read.
enum EventRequest {
    private static let target = "/analytics?"

    /// Recognizes the head of such a request.
    ///
    /// A head that could make the route in `AnalyticsRoutes` read more than the query, or give another answer than 204,
    /// is not recognized.
    static func recognize(_ head: HTTPRequestHead) -> BodilessRequest? {
        let uri = head.uri.utf8
        guard head.method == .POST, uri.count > target.utf8.count, uri.starts(with: target.utf8) else { return nil }
        return BodilessRequest(head) { name, value in
            switch name.utf8.count {
            case 6: !name.equalsLowercase("prefer")
            case 12 where name.equalsLowercase("content-type"): Bulk.Format(mediaType: value.mediaType) == nil
            case 15: !name.equalsLowercase("idempotency-key")
            case 16: !name.equalsLowercase("content-encoding")
            default: true
            }
        }
    }

    /// The event of a recognized request; nil if it is invalid: the route then finds the reason again, and reports it.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - times: The accepted times of events.
    ///   - site: Finds the site of a name without waiting; nil leaves the request to the route.
    /// - Returns: The event.
    static func event(
        of request: BodilessRequest,
        accepting times: ClosedRange<Timestamp>,
        site: (SiteName) -> SiteID?
    ) -> Event? {
        let uri = request.head.uri.utf8.span
        let query = uri.extracting(target.utf8.count..<uri.count)
        let fields = EventFields(form: query)
        guard fields.site != nil else { return try? Event(fields, in: query, accepting: times) }
        guard let name = try? SiteName(fields, in: query), let own = site(name) else { return nil }
        return try? Event(fields, in: query, of: own, accepting: times)
    }
}

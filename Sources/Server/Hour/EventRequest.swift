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
            case 6: !name.equalsLowercase("prefer") && !name.equalsLowercase("origin")
            case 12 where name.equalsLowercase("content-type"): Bulk.Format(mediaType: value.mediaType) == nil
            case 13: !name.equalsLowercase("authorization")
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
    ///   - site: Finds the site of a name, or the standard one, and the accepted times of its events, without waiting; nil
    ///     leaves the request to the route.
    /// - Returns: The event.
    static func event(
        of request: BodilessRequest,
        site: (SiteName?) -> (site: SiteID, times: ClosedRange<Timestamp>)?
    ) -> Event? {
        let uri = request.head.uri.utf8.span
        let query = uri.extracting(target.utf8.count..<uri.count)
        let fields = EventFields(form: query)
        guard fields.key == nil else { return nil }
        var name: SiteName?
        if fields.site != nil {
            guard let named = try? SiteName(fields, in: query) else { return nil }
            name = named
        }
        guard let own = site(name) else { return nil }
        return try? Event(fields, in: query, of: own.site, accepting: own.times)
    }
}

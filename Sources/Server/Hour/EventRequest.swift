import Analytics
import HTTP
import Ingest
import NIOHTTP1

/// A request that stores the one event of its query and is answered 204, so that nothing but the query has to be read.
enum EventRequest {
    private static let target = "/analytics?"

    /// Recognizes the head of such a request.
    ///
    /// Whatever could make the route in `AnalyticsRoutes` read more than the query, or answer other than 204, makes it
    /// none.
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

    /// The event of a request that was recognized; nil if it cannot be stored, for a reason that the route finds out again
    /// and tells.
    static func event(of request: BodilessRequest, accepting times: ClosedRange<Timestamp>) -> Event? {
        let uri = request.head.uri.utf8.span
        let query = uri.extracting(target.utf8.count..<uri.count)
        return try? Event(EventFields(form: query), in: query, accepting: times)
    }
}

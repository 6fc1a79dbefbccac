import Analytics
import Ingest
import NIOHTTP1

/// The head of a request that stores one event and that `ConnectionGate` can answer by itself.
///
/// Whatever could make the route in `AnalyticsRoutes` read more than the query, or answer other than 204, makes it none.
struct EventRequest {
    private static let target = "/analytics?"

    let head: HTTPRequestHead
    /// The id that the client gave it.
    private(set) var id: String?
    private var hasHost = false

    init?(_ head: HTTPRequestHead) {
        guard head.method == .POST, head.version == .http1_1 else { return nil }
        let uri = head.uri.utf8
        guard uri.count > Self.target.utf8.count, uri.starts(with: Self.target.utf8),
            // What follows is no part of the query.
            !uri.contains(UInt8(ascii: "#"))
        else { return nil }
        self.head = head
        for (name, value) in head.headers {
            guard note(name, value) else { return nil }
        }
        guard hasHost else { return nil }
    }

    /// The event, if it is one that can be stored.
    func event(accepting times: ClosedRange<Timestamp>) -> Event? {
        let uri = head.uri.utf8.span
        let query = uri.extracting(Self.target.utf8.count..<uri.count)
        // Why it is none, the route finds out again and says.
        return try? Event(EventFields(form: query), in: query, accepting: times)
    }

    /// Whether a header leaves the request one of these; most are told by the length of their name.
    private mutating func note(_ name: String, _ value: String) -> Bool {
        switch name.utf8.count {
        case 4: !name.isHeader("host") || take(host: value)
        case 6: !name.isHeader("expect") && !name.isHeader("prefer")
        case 7: !name.isHeader("upgrade")
        case 10: !name.isHeader("connection") || value.isHeader("keep-alive")
        case 12 where name.isHeader("content-type"): Bulk.Format(mediaType: value.mediaType) == nil
        case 12 where name.isHeader("x-request-id"): take(id: value)
        case 14: !name.isHeader("content-length") || value == "0"
        case 15: !name.isHeader("idempotency-key")
        case 16: !name.isHeader("content-encoding")
        case 17: !name.isHeader("transfer-encoding")
        default: true
        }
    }

    private mutating func take(host value: String) -> Bool {
        guard !hasHost, value.isHost else { return false }
        hasHost = true
        return true
    }

    private mutating func take(id value: String) -> Bool {
        guard id == nil, value.isRequestID else { return false }
        id = value
        return true
    }
}

extension String {
    /// Whether it is a text in small ASCII letters, in whatever case.
    fileprivate func isHeader(_ lowercase: String) -> Bool {
        lowercase.utf8.elementsEqual(utf8.lazy.map { $0 | 0x20 })
    }
}

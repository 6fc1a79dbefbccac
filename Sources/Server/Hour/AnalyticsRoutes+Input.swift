import Analytics
import FoundationEssentials
import HTTP
import HTTPTypes
import Hummingbird
import Ingest
import NIOCore

// The events of a request, in its query or in its body.
extension AnalyticsRoutes {
    enum Input {
        case one(Event)
        case many(Bulk)
    }

    /// Reads the events of a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - fields: The fields of its query.
    ///   - destination: The site of the events, and their accepted times.
    ///   - share: The memory for the body, which is taken here.
    ///   - use: The key of the request, whose fingerprint gets the body.
    /// - Returns: The event or events.
    /// - Throws: A `Rejection`, a `Problem`, or `Bulk.Failure`.
    func input(
        _ request: Request,
        _ fields: EventFields,
        _ destination: Destination,
        _ share: inout BodyBudget.Share,
        _ use: inout RequestKey?
    ) async throws -> Input {
        let (site, times) = (destination.site, destination.times)
        let mediaType = request.headers.mediaType
        let format = mediaType.flatMap(Bulk.Format.init(mediaType:))
        // A query that names nothing but the site or a key leaves the event to the body.
        let isBare = fields.isEmpty && (fields.site != nil || fields.key != nil)
        if format == nil, let query = request.uri.query, !query.isEmpty, !isBare {
            // The event is in the query; the body only distinguishes the request from others with its key.
            if use != nil { use?.fingerprint.add(body: try await reader.body(of: request, &share)) }
            return .one(try Event(fields, in: query.utf8.span, of: site, accepting: times))
        }
        var body = try await reader.body(of: request, &share)
        use?.fingerprint.add(body: body)
        if let format { return .many(try bulk(body, format, site, times)) }
        body.moveReaderIndex(forwardBy: body.readableBytesUInt8Span.markLength)
        let bytes = body.readableBytesUInt8Span
        switch mediaType {
        case "application/json" where bytes.firstNonBlank == UInt8(ascii: "["):
            return .many(try bulk(body, .jsonArray, site, times))
        case "application/json":
            return .one(try Event(EventFields(json: bytes), in: bytes, of: site, accepting: times))
        case nil, "application/x-www-form-urlencoded":
            let fields = EventFields(form: bytes)
            // Some clients, such as curl, send any body as a form if no type is given.
            guard !fields.isEmpty || bytes.isEmpty else { throw Rejection(.contentType, .noForm) }
            return .one(try Event(fields, in: bytes, of: site, accepting: times))
        default:
            throw Rejection(.contentType, .unsupported)
        }
    }

    private func bulk(
        _ body: ByteBuffer,
        _ format: Bulk.Format,
        _ site: SiteID,
        _ times: ClosedRange<Timestamp>
    ) throws -> Bulk {
        // The events would be refused, and parsing them would take time from the accepted requests.
        if batcher.isFull { throw Batcher.Refusal.full }
        return try Bulk(
            body.readableBytesUInt8Span,
            format: format,
            limit: settings.maximumEvents,
            of: site,
            accepting: times
        )
    }
}

extension Bulk.Format {
    init?(mediaType: String) {
        switch mediaType {
        case "text/csv": self = .csv
        case "application/x-ndjson", "application/ndjson", "application/jsonl": self = .ndjson
        default: return nil
        }
    }
}

extension Span<UInt8> {
    /// The first byte that is no blank; nil if there is none.
    var firstNonBlank: UInt8? {
        for index in indices where self[index] > 0x20 { return self[index] }
        return nil
    }
}

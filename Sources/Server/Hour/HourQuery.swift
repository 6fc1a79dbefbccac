import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Ingest
import NIOCore

/// The query of a GET: the end of the hour, the site, and the format of the answer.
struct HourQuery {
    let at: Timestamp.Written
    let format: String?
    /// The name of the site; nil for the standard one.
    let site: SiteName?

    init(_ query: Span<UInt8>) throws(Rejection) {
        var format: FieldValue?
        var fields = EventFields()
        forEachPair(of: query) { key, value in
            if format == nil, key.equals("format") { format = value }
            fields.note(value, key: key)
        }
        at = try decoding(fields.timestamp, .timestamp, in: query) { (digits) throws(Rejection) in
            try Timestamp.Written(parsing: digits)
        }
        site = try SiteName(fields, in: query)
        self.format = format.map { value in
            query.extracting(value.range).equals("json") ? "json" : "csv"
        }
    }
}

extension HourReport {
    var csv: String {
        "unique_users,\(uniqueUsers)\nclicks,\(clicks)\nimpressions,\(impressions)\n"
    }

    /// The report as JSON, with times in the unit of the query.
    func json(at moment: Timestamp.Written) -> JSON {
        let at = JSON.number(moment.number(for: moment.timestamp))
        let start = moment.number(for: moment.timestamp.advanced(by: .zero - HourReport.length))
        return .object([
            "timestamp": at,
            "from": .number(start),
            "to": at,
            "unique_users": .number(uniqueUsers),
            "clicks": .number(clicks),
            "impressions": .number(impressions),
        ])
    }
}

extension Response {
    init(csv text: String) {
        self.init(
            status: .ok,
            headers: [.contentType: "text/csv; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }
}

extension HTTPFields {
    /// True if the client prefers JSON to CSV: `Accept` names it, and does not name CSV before it.
    var prefersJSON: Bool {
        guard let accept = self[.accept]?.lowercased() else { return false }
        guard let json = accept.firstRange(of: "application/json") else { return false }
        guard let csv = accept.firstRange(of: "text/csv") else { return true }
        return json.lowerBound < csv.lowerBound
    }
}

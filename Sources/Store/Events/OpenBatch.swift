import Analytics
import FoundationEssentials
import Postgres

/// The call that begins a batch's transaction.
///
/// It returns the keys and the ids of hits that were used before, and the number of the transaction.
struct OpenBatch: Statement {
    static let sql = """
        SELECT site_id, key, answer, fingerprint, hit_id::text FROM open_batch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, \
        $11, $12, $13, $14, $15, $16, $17::text[]::uuid[], $18, $19, 0, $20, $21, $22, $23, $24, $25)
        """
    let batch: Batch
    /// The server that stores the batch.
    let writer: UUID
    /// The time from which on other servers need live events; nil if no other server is known to follow.
    let live: Timestamp?
    /// The current hour.
    let hour: Int
    /// All events before the current hour, which may be late; nil if they are not to be noted one by one.
    let late: [Event]?

    var parameters: Parameters {
        let arguments = OpenBatchArguments(self)
        return Parameters(
            batch.id,
            writer,
            PostgresArray(arguments.eventSites),
            PostgresArray(arguments.eventHours),
            PostgresArray(arguments.hitHours),
            arguments.before,
            PostgresArray(arguments.lateSites),
            PostgresArray(arguments.lateUsers),
            PostgresArray(arguments.lateKinds),
            PostgresArray(arguments.lateTimes),
            PostgresArray(arguments.keySites),
            PostgresArray(arguments.keys),
            PostgresArray(arguments.responses),
            PostgresArray(arguments.fingerprints),
            batch.isAcknowledged,
            PostgresArray(arguments.idSites),
            PostgresArray(arguments.idDigests),
            PostgresArray(arguments.idKeys),
            arguments.live.map { PostgresArray($0) },
            PostgresArray(arguments.sites),
            batch.accepted?.milliseconds,
            batch.comparison.last,
            PostgresArray(arguments.touched.map(\.site.rawValue)),
            PostgresArray(arguments.touched.map(\.first)),
            PostgresArray(arguments.touched.map(\.last))
        )
    }

    /// The call as text, to be sent together with a COPY.
    ///
    /// It holds nothing but numbers and hexadecimal digits.
    var script: String {
        let arguments = OpenBatchArguments(self)
        let texts = [
            "'\(batch.id)'", "'\(writer)'",
            array(arguments.eventSites),
            array(arguments.eventHours),
            array(arguments.hitHours),
            "\(arguments.before)",
            array(arguments.lateSites),
            array(arguments.lateUsers),
            array(arguments.lateKinds),
            array(arguments.lateTimes),
            array(arguments.keySites),
            array(arguments.keys),
            array(arguments.responses),
            array(arguments.fingerprints),
            "\(batch.isAcknowledged)",
            array(arguments.idSites),
            array(arguments.idDigests),
            array(arguments.idKeys),
            arguments.live.map(array) ?? "NULL",
            "0",
            array(arguments.sites),
            batch.accepted.map { "\($0.milliseconds)" } ?? "NULL",
            "\(batch.comparison.last)",
            array(arguments.touched.map(\.site.rawValue)),
            array(arguments.touched.map(\.first)),
            array(arguments.touched.map(\.last)),
        ]
        return "SELECT site_id, key, answer, fingerprint, hit_id FROM open_batch(\(texts.joined(separator: ", ")));"
    }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Receipt.Row {
        let (site, key, answer, fingerprint, id) = try row.decode((Int?, String?, String?, String?, String?).self)
        return Receipt.Row(
            site: try site.map { (number) throws(PostgresDecodingError) in try SiteID(stored: number) },
            key: key,
            answer: answer,
            fingerprint: fingerprint,
            id: id
        )
    }

    /// An array literal of numbers or hexadecimal digits; the quotes are for empty elements.
    private func array(_ elements: [some CustomStringConvertible]) -> String {
        "'{\(elements.map { "\"\($0)\"" }.joined(separator: ","))}'"
    }
}

extension Batch {
    /// The time at which the first of its entries was acknowledged; nil if none is yet.
    fileprivate var accepted: Timestamp? { entries.lazy.compactMap(\.accepted).min() }

    /// The events before an hour, if they are few enough to be noted one by one.
    ///
    /// nil if they are more than 16 and more than an eighth of the batch, since noting then costs the writer more than
    /// marking hours; nil also if one of them may not be stored, because it has a key or comes from a hit with an id.
    func lateEvents(before hour: Int) -> [Event]? {
        let limit = max(16, count / 8)
        var late: [Event] = []
        for entry in entries {
            for event in entry.events where event.time.hour < hour {
                guard entry.request == nil, late.count < limit else { return nil }
                late.append(event)
            }
            for hit in entry.hits where hit.time.hour < hour {
                guard let event = hit.event else { continue }
                guard entry.request == nil, hit.id == nil, late.count < limit else { return nil }
                late.append(event)
            }
        }
        return late
    }
}

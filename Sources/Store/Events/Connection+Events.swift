import Analytics
import Postgres

extension Connection {
    /// Stores a batch by a COPY behind the call that opens it, as one transaction.
    func copy(_ batch: Batch, _ opening: OpenBatch) throws -> Receipt {
        var receipt = Receipt()
        _ = try copy(
            after: (batch.spoolRange?.script ?? "") + opening.script,
            into: "event",
            columns: ["ts", "site_id", "kind", "user_id"]
        ) { answers, writer in
            receipt = batch.receipt(answers.filter { $0.count == 3 }.map { ($0[0], $0[1], $0[2]) })
            for events in receipt.events(of: batch) {
                for event in events { try writer.append(event, of: batch.site) }
            }
        }
        return receipt
    }
}

extension CopyWriter {
    /// Appends the row of an event.
    mutating func append(_ event: Event, of site: SiteID) throws(PostgresError) {
        beginRow()
        append(event.time.postgresMicroseconds)
        append(site.rawValue)
        append(event.kind.rawValue)
        append(event.user.text)
        try endRow()
    }
}

extension SpoolRange {
    /// The call that moves the position of the spool; its text holds nothing but numbers and hexadecimal digits.
    fileprivate var script: String {
        "SELECT advance_spool('\(spool)', \(from.record), \(from.part), \(to.record), \(to.part));"
    }
}

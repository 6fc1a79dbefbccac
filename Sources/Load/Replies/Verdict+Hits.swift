extension Verdict {
    /// Reads the reply to a request with hits, of which the server may store some and reject others.
    ///
    /// - Parameters:
    ///   - reply: The reply.
    ///   - isBulk: True if the body had a line for each hit; otherwise there was one hit.
    ///   - hits: The number of hits.
    init(_ reply: Reply, isBulk: Bool, hits: Int) {
        switch (reply.status, isBulk) {
        case (204, false):
            self = reply.rejection.map { .partlyStored(rejected: [0], reason: $0) } ?? .stored
        case (200, true):
            self =
                Receipt(parsing: reply.body).flatMap { Verdict($0, reply, hits: hits) }
                ?? .rejected(reason: "\(hits) hits were answered by \(reply.excerpt)")
        default:
            // Other replies mean the same as for clicks and impressions.
            self = Verdict(reply, mode: .pages, events: hits)
        }
    }

    /// Nil for a receipt that does not tell the fate of each hit.
    private init?(_ receipt: Receipt, _ reply: Reply, hits: Int) {
        guard receipt.rejected >= 0, receipt.accepted == hits - receipt.rejected else { return nil }
        if receipt.rejected == 0 {
            self = .stored
            return
        }
        let lines = Set((receipt.errors ?? []).map(\.line))
        guard lines.count == receipt.rejected, lines.allSatisfy({ 1...hits ~= $0 }) else { return nil }
        self = .partlyStored(rejected: lines.map { $0 - 1 }, reason: reply.excerpt)
    }
}

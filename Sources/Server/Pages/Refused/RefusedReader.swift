import Analytics
import Web

/// Finds what the page of refused hits shows.
struct RefusedReader: Sendable {
    let store: any EventStore

    /// Answers a question.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - site: The site.
    ///   - now: The moment up to which is told.
    /// - Returns: The page.
    /// - Throws: A `QueryError`
    func answer(_ question: RefusedQuestion, of site: SiteID, at now: Timestamp) async throws -> RefusedPage {
        let address = question.address
        let since = Self.start(of: address.span, at: now)
        let report = try await store.refusals(of: site, since: since)
        let ledger = RefusalLedger(report)
        let period = Period(from: since, to: now)
        // Hits that are kept no more, or a store that is behind, leave the rest of the page as it is.
        let leftOut = if let period { try? await store.leftOut(of: site, in: period) } else { nil as LeftOutHits? }
        return RefusedPage(
            address,
            reasons: ledger.reasons,
            bars: ledger.bars(of: address.reason, in: address.span, since: since),
            entries: ledger.entries(of: address.reason),
            bots: leftOut?.bots,
            isCut: report.isCut,
            faults: question.faults
        )
    }

    /// The beginning of the first bar of a time, whose last one has the present moment in it.
    private static func start(of span: RefusedSpan, at now: Timestamp) -> Timestamp {
        let step = span.step * 3_600
        return now.rounded(to: step * 1_000).advanced(by: .seconds(-step * (span.bars - 1)))
    }
}

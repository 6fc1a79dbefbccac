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
        let (ledger, isCut) = try await ledger(of: site, since: since)
        let period = Period(from: since, to: now)
        // Hits that are kept no more, or a store that is behind, leave the rest of the page as it is.
        let leftOut = if let period { try? await store.leftOut(of: site, in: period) } else { nil as LeftOutHits? }
        return RefusedPage(
            address,
            reasons: ledger.reasons,
            bars: ledger.bars(of: address.reason, in: address.span, since: since),
            entries: ledger.entries(of: address.reason),
            bots: leftOut?.bots,
            isCut: isCut,
            faults: question.faults
        )
    }

    /// Finds the rows of a file.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - file: The rows that are asked for.
    ///   - site: The site.
    ///   - now: The moment up to which is told.
    /// - Returns: The rows.
    /// - Throws: A `QueryError`
    func table(
        _ question: RefusedQuestion,
        _ file: RefusedFile,
        of site: SiteID,
        at now: Timestamp
    ) async throws -> ReportTable {
        let since = Self.start(of: question.address.span, at: now)
        let ledger = try await ledger(of: site, since: since).ledger
        let reason = question.address.reason
        return switch file {
        case .counts: ledger.table(of: reason)
        case .last: ledger.lastTable(of: reason)
        }
    }

    private func ledger(of site: SiteID, since: Timestamp) async throws -> (ledger: RefusalLedger, isCut: Bool) {
        let report = try await store.refusals(of: site, since: since)
        return (RefusalLedger(report), report.isCut)
    }

    /// The beginning of the first bar of a time, whose last one has the present moment in it.
    private static func start(of span: RefusedSpan, at now: Timestamp) -> Timestamp {
        let step = span.step * 3_600
        return now.rounded(to: step * 1_000).advanced(by: .seconds(-step * (span.bars - 1)))
    }
}

import NIOCore

/// Visits of pages, counted by visitors, visits, page views and bounces.
///
/// Requests without a clear answer are sent again: the ids of their hits let the server store them once.
final class PageWorkload: Workload {
    /// The site and the hits of a request; no hits between requests.
    private struct Request {
        var site = 0
        var hits: [PageHit] = []
    }

    /// The most visits that are open at a time, at all sites together.
    private static let openVisits = 256

    private var siteRandom: SplitMix
    private let sites: Zipf
    private var sources: [PageSource]
    private let encoders: [PageEncoder]
    /// The ledger of each site.
    private(set) var ledgers: [PageLedger]
    /// The hits of each site that are to be sent again; no more than those of all connections' requests.
    private var doubtful: [[PageHit]]
    private let total: Int?
    private var drawn = 0
    private let isBulk: Bool
    /// The open request of each sender.
    private var requests: [Request]

    init(_ plan: Plan) {
        let options = plan.options
        var seeds = SplitMix(seed: options.seed)
        siteRandom = SplitMix(seed: seeds.next())
        sites = Zipf(count: plan.sites.count, skew: 1)
        // Few in a short run, so that their hits are not spread over all of it.
        let open = min(Self.openVisits, plan.expectedEvents.map { $0 / 1_000 } ?? Self.openVisits)
        let visits = max(4, open / plan.sites.count)
        let source = VisitSource(options)
        sources = plan.sites.map { _ in PageSource(source, plan, seed: seeds.next(), visits: visits) }
        let fragments = PageFragments(start: plan.start, last: plan.last, prefix: plan.prefix)
        encoders = plan.sites.indices.map { PageEncoder(plan, site: $0, fragments) }
        ledgers = plan.sites.map { _ in PageLedger(start: plan.start) }
        doubtful = plan.sites.map { _ in [] }
        total = plan.expectedEvents
        isBulk = plan.batch > 1
        requests = Array(repeating: Request(), count: options.connections)
    }

    /// The number of hits that may or may not be stored, once all requests are answered.
    var unsettled: Int { doubtful.reduce(0) { $0 + $1.count } }

    func write(_ count: Int, by sender: Int, into buffer: inout ByteBuffer) -> Int {
        let site = Int(sites.draw(&siteRandom))
        requests[sender].site = site
        take(count, of: site, into: &requests[sender].hits)
        encoders[site].write(requests[sender].hits, into: &buffer)
        return site
    }

    func settle(_ sender: Int, _ reply: Reply) -> Verdict {
        let verdict = Verdict(reply, isBulk: isBulk, hits: requests[sender].hits.count)
        record(requests[sender], verdict)
        close(sender)
        return verdict
    }

    func lose(_ sender: Int) {
        doubtful[requests[sender].site] += requests[sender].hits
        close(sender)
    }

    /// Takes hits that are to be sent again, and draws the rest.
    private func take(_ count: Int, of site: Int, into hits: inout [PageHit]) {
        let again = doubtful[site].suffix(count)
        hits += again
        doubtful[site].removeLast(again.count)
        for _ in again.count..<count {
            hits.append(sources[site].next(total.map { PageSource.Turn(count: drawn, total: $0) }))
            drawn += 1
        }
    }

    private func record(_ request: Request, _ verdict: Verdict) {
        switch verdict {
        case .stored:
            for hit in request.hits { ledgers[request.site].acknowledge(hit) }
        case .partlyStored(let rejected, _):
            let rejected = Set(rejected)
            for (index, hit) in request.hits.enumerated() {
                if rejected.contains(index) {
                    ledgers[request.site].drop(hit)
                } else {
                    ledgers[request.site].acknowledge(hit)
                }
            }
        case .refused, .rejected:
            for hit in request.hits { ledgers[request.site].drop(hit) }
        case .unclear: doubtful[request.site] += request.hits
        }
    }

    private func close(_ sender: Int) {
        requests[sender].hits.removeAll(keepingCapacity: true)
    }
}

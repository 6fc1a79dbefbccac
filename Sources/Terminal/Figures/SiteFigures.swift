/// The figures of a watched site.
struct SiteFigures: Sendable {
    /// The most hits that are kept.
    private static let mostHits = 200

    let site: WatchedSite
    private(set) var counts: LiveCounts?
    /// The last hits, the latest first.
    private(set) var hits: [LiveHit] = []
    /// The reason for which the figures are old or missing; nil while they are not.
    private(set) var trouble: String?
    var lists: [TopList] = []

    init(_ site: WatchedSite) { self.site = site }

    mutating func note(_ message: LiveMessage) {
        switch message {
        case .counts(let counts):
            self.counts = counts
            trouble = nil
        case .hits(let new):
            hits = Array((new.reversed() + hits).prefix(Self.mostHits))
        case .behind(let reason), .ended(let reason): trouble = reason
        }
    }
}

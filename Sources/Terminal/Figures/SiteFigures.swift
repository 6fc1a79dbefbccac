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
    /// The last lists and totals.
    private(set) var answer: SiteAnswer?

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

    /// Takes an answer; one that says why there are no figures leaves those of the same question.
    mutating func note(_ new: SiteAnswer) {
        guard let trouble = new.trouble, let answer, answer.question == new.question else {
            answer = new
            return
        }
        self.answer?.trouble = trouble
    }
}

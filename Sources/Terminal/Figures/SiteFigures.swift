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
    private(set) var hours: HourAnswer?
    private(set) var refusals: RefusalAnswer?

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

    /// Takes counts of hours; an answer that says why there are none leaves those of the same time.
    mutating func note(_ new: HourAnswer) {
        guard let trouble = new.trouble, hours?.span == new.span else {
            hours = new
            return
        }
        hours?.trouble = trouble
    }

    /// Takes what was refused; an answer that says why there is none leaves that of before.
    mutating func note(_ new: RefusalAnswer) {
        guard let trouble = new.trouble, refusals != nil else {
            refusals = new
            return
        }
        refusals?.trouble = trouble
    }
}

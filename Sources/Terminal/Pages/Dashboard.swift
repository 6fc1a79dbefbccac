/// The state of the dashboard.
struct Dashboard: Sendable {
    enum Page: Sendable, Equatable { case server, site, help }

    let address: String
    var interval: Duration
    var theme: Theme
    var page = Page.server
    var isPaused = false
    private(set) var sites: [SiteFigures]
    /// The place of the shown site in `sites`.
    var chosen = 0
    /// The question for the lists of all sites.
    var question = SiteQuestion()
    var order = ViewOrder()
    /// The filter that is being typed; nil while none is.
    var entry: TextEntry?
    /// A remark on the last key; nil for none.
    var remark: String?
    private(set) var figures: Figures?
    private(set) var histories = ServerHistories()
    private var last: ServerReading?
    /// The reason for which there is no answer; nil while there are answers.
    private(set) var trouble: String?
    var offset = 0

    init(address: String, interval: Duration, sites: [WatchedSite], theme: Theme = .standard) {
        self.address = address
        self.interval = interval
        self.sites = sites.map(SiteFigures.init)
        self.theme = theme
    }

    /// The figures of the shown site; nil if none is watched.
    var site: SiteFigures? { sites.indices.contains(chosen) ? sites[chosen] : nil }

    mutating func note(_ reading: ServerReading) {
        defer { last = reading }
        trouble = nil
        guard !isPaused else { return }
        let new = Figures(reading, since: last)
        figures = new
        histories.note(new)
    }

    mutating func noteTrouble(_ reason: String) {
        trouble = reason
        // The next figures are those since the server came back.
        last = nil
    }

    mutating func note(_ message: LiveMessage, of site: Int) {
        guard sites.indices.contains(site), !isPaused else { return }
        sites[site].note(message)
    }

    /// Takes an answer about a site, also while paused if it is the first to its question.
    mutating func note(_ answer: SiteAnswer, of site: Int) {
        guard sites.indices.contains(site), answer.question == question else { return }
        guard !isPaused || sites[site].answer?.question != question else { return }
        sites[site].note(answer)
    }
}

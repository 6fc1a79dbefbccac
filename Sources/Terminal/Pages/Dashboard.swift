/// The state of the dashboard.
struct Dashboard: Sendable {
    enum Page: Sendable, Equatable {
        /// The overview of the server.
        case server
        /// The traffic of the site.
        case site
        /// The hours of the site.
        case hour
        case store, machine, refused, help

        /// The pages in the order of their numbers, from 1 on.
        static let numbered: [Page] = [.server, .site, .hour, .store, .machine, .refused]

        /// True for a page about the site that is chosen.
        var isAboutSite: Bool { [.site, .hour, .refused].contains(self) }
        /// True for a page of the figures of the server alone.
        var isAboutServer: Bool { [.server, .store, .machine].contains(self) }
    }

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
    /// The time over which the hours of the site are shown.
    var span = HourSpan.hour
    var order = ViewOrder()
    /// The filter, or the text to find, that is being typed; nil while none is.
    var entry: TextEntry?
    /// The text that rows are found by; empty for none.
    var sought = ""
    /// The place of the chosen row among those of the page; nil for none.
    var chosenRow: Int?
    /// The thing about which more is shown; nil for none.
    var opened: RowTarget?
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

    mutating func note(_ hours: HourAnswer, of site: Int) {
        guard sites.indices.contains(site), hours.span == span else { return }
        guard !isPaused || sites[site].hours?.span != span else { return }
        sites[site].note(hours)
    }

    mutating func note(_ refusals: RefusalAnswer, of site: Int) {
        guard sites.indices.contains(site), !isPaused || sites[site].refusals == nil else { return }
        sites[site].note(refusals)
    }
}

/// The state of the dashboard, and the frame that shows it.
struct Dashboard: Sendable {
    enum Page: Sendable, Equatable { case server, site, help }

    /// The effect of a key beyond the state.
    enum Effect: Equatable { case none, quit, suspend, redraw }

    /// The times between two readings that can be chosen.
    static let intervals: [Duration] = [
        .milliseconds(250), .milliseconds(500), .seconds(1), .seconds(2), .seconds(5), .seconds(10),
    ]
    private static let leastWidth = 40
    private static let leastHeight = 8

    let address: String
    var interval: Duration
    private(set) var page = Page.server
    private(set) var isPaused = false
    private(set) var sites: [SiteFigures]
    /// The place of the shown site in `sites`.
    private(set) var chosen = 0
    private(set) var figures: Figures?
    private var histories = ServerHistories()
    private var last: ServerReading?
    /// The reason for which there is no answer; nil while there are answers.
    private var trouble: String?
    private var offset = 0

    init(address: String, interval: Duration, sites: [WatchedSite]) {
        self.address = address
        self.interval = interval
        self.sites = sites.map(SiteFigures.init)
    }

    // MARK: News

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

    mutating func note(_ lists: [TopList], of site: Int) {
        guard sites.indices.contains(site), !isPaused else { return }
        sites[site].lists = lists
    }

    // MARK: Keys

    mutating func press(_ key: Key) -> Effect {
        switch key {
        case .character("q"), .control("c"): return .quit
        case .control("z"): return .suspend
        case .control("l"): return .redraw
        case .character("1"): show(.server)
        case .character("2"): show(.site)
        case .tab: show(page == .server ? .site : .server)
        case .character("?"): show(page == .help ? .server : .help)
        case .escape: show(.server)
        case .character("s"):
            if !sites.isEmpty { chosen = (chosen + 1) % sites.count }
            show(.site)
        case .character("p"): isPaused.toggle()
        case .character("+"): changeInterval(-1)
        case .character("-"): changeInterval(1)
        case .up: offset = max(0, offset - 1)
        case .down: offset = min(offset + 1, 1_000)
        case .pageUp: offset = max(0, offset - 10)
        case .pageDown: offset = min(offset + 10, 1_000)
        case .home: offset = 0
        default: break
        }
        return .none
    }

    private mutating func show(_ page: Page) {
        self.page = page
        offset = 0
    }

    /// Chooses the next interval of the list in a direction.
    private mutating func changeInterval(_ step: Int) {
        let faster = Self.intervals.last { $0 < interval }
        let slower = Self.intervals.first { $0 > interval }
        interval = (step < 0 ? faster : slower) ?? interval
    }

    // MARK: Drawing

    /// The frame for a terminal of a size.
    func frame(width: Int, height: Int, _ look: Look) -> Canvas {
        var canvas = Canvas(width: width, height: height)
        guard width >= Self.leastWidth, height >= Self.leastHeight else {
            canvas.write("too small", column: 0, row: 0)
            return canvas
        }
        drawHead(&canvas)
        let rows = 1..<height - 1
        switch page {
        case .server:
            if let figures {
                let page = ServerPage(figures: figures, histories: histories, look: look)
                canvas.draw(page.sections, rows: rows, offset: offset, look)
            } else {
                canvas.write("no answer yet", column: 0, row: 2)
            }
        case .site: drawSite(&canvas, rows: rows, look)
        case .help: canvas.draw(([HelpPage.section], []), rows: rows, offset: offset, look)
        }
        // What is shown is old.
        if trouble != nil, page == .server { canvas.set(.faint) }
        drawFoot(&canvas)
        return canvas
    }

    /// A snapshot of the server as lines of text, without charts.
    func snapshot(width: Int, _ look: Look) -> [String] {
        guard let figures else { return [] }
        let page = ServerPage(figures: figures, histories: ServerHistories(), look: look)
        let sections = page.sections.left + page.sections.right
        var canvas = Canvas(width: width, height: 1 + sections.reduce(0) { $0 + $1.height })
        drawHead(&canvas)
        canvas.draw((sections, []), rows: 1..<canvas.height, offset: 0, look)
        return canvas.lines
    }

    private func drawSite(_ canvas: inout Canvas, rows: Range<Int>, _ look: Look) {
        guard sites.indices.contains(chosen) else {
            let advice = "no site is watched: start with --site NAME, and --key with a read key or share link"
            canvas.write(advice, column: 0, row: 2)
            return
        }
        let page = SitePage(figures: sites[chosen], look: look, hitLines: max(4, rows.count / 2))
        canvas.draw(page.sections, rows: rows, offset: offset, look)
    }

    private func drawHead(_ canvas: inout Canvas) {
        var place = canvas.write("hourglass ", column: 0, row: 0, .strong)
        place = canvas.write("\(figures?.version ?? "")  \(address)  ", column: place, row: 0)
        let status = figures?.status ?? ""
        let tone: Tone = status == "ready" ? .good : status == "degraded" ? .warning : .bad
        place = canvas.write("\(status)  ", column: place, row: 0, tone)
        if let uptime = figures?.uptime {
            place = canvas.write("up \(FigureText.age(uptime))  ", column: place, row: 0)
        }
        if page == .site, sites.indices.contains(chosen) {
            canvas.write("[\(sites[chosen].site.title)]", column: place, row: 0, .strong)
        }
    }

    private func drawFoot(_ canvas: inout Canvas) {
        let row = canvas.height - 1
        if let trouble {
            canvas.write("no answer, trying again: \(trouble)", column: 0, row: row, .bad)
            return
        }
        let pace = isPaused ? "paused" : "every \(FigureText.time(interval / .seconds(1)))"
        let text = "1 server  2 site  s next site  p pause  +/- pace  ? keys  q quit   "
        let place = canvas.write(text, column: 0, row: row, .faint)
        canvas.write(pace, column: place, row: row, isPaused ? .warning : .faint)
    }
}

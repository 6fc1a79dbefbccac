extension Dashboard {
    /// The effect of a key beyond the state.
    enum Effect: Equatable { case none, quit, suspend, redraw, save }

    /// The times between two readings that can be chosen.
    static let intervals: [Duration] = [
        .milliseconds(250), .milliseconds(500), .seconds(1), .seconds(2), .seconds(5), .seconds(10),
    ]
    /// More lines than any page has.
    private static let lastLine = 1_000

    mutating func press(_ key: Key) -> Effect {
        remark = nil
        switch key {
        case .control("c"): return .quit
        case .control("z"): return .suspend
        case .control("l"): return .redraw
        default: break
        }
        guard entry == nil else {
            type(key)
            return .none
        }
        switch key {
        case .character("q"): return .quit
        case .character("w"): return .save
        case .character("z"):
            theme = theme.next
            return .redraw
        case .up, .down, .pageUp, .pageDown, .home, .end, .character("g"), .character("G"): scroll(key)
        case .character("/"), .character("t"), .character("x"): ask(key)
        default: choose(key)
        }
        return .none
    }

    /// Changes what is shown, and how.
    private mutating func choose(_ key: Key) {
        switch key {
        case .character("1"): show(.server)
        case .character("2"): show(.site)
        case .tab: show(page == .server ? .site : .server)
        case .character("?"), .character("h"): show(page == .help ? .server : .help)
        case .escape: goBack()
        case .character("s"):
            if !sites.isEmpty { chosen = (chosen + 1) % sites.count }
            show(.site)
        case .character("p"): isPaused.toggle()
        case .character("+"): changeInterval(-1)
        case .character("-"): changeInterval(1)
        case .character("o"): order.isByName.toggle()
        case .character("r"): order.isReversed.toggle()
        default: break
        }
    }

    /// Changes the question for the lists of the site.
    private mutating func ask(_ key: Key) {
        if page != .site { show(.site) }
        switch key {
        case .character("/"): entry = TextEntry(question.filter?.text ?? "", longest: SiteFilter.longest)
        case .character("t"): question.period = question.period.next
        default: question.isComparing.toggle()
        }
    }

    /// Takes a key for the filter that is being typed.
    private mutating func type(_ key: Key) {
        guard let end = entry?.press(key) else { return }
        defer { if remark == nil { entry = nil } }
        guard case .entered(let text) = end else { return }
        guard !text.isEmpty else {
            question.filter = nil
            return
        }
        do throws(SiteFilter.Invalid) {
            question.filter = try SiteFilter(text)
        } catch {
            // The text stays, to be mended.
            remark = error.reason
        }
    }

    private mutating func scroll(_ key: Key) {
        switch key {
        case .up: offset = max(0, offset - 1)
        case .down: offset = min(offset + 1, Self.lastLine)
        case .pageUp: offset = max(0, offset - 10)
        case .pageDown: offset = min(offset + 10, Self.lastLine)
        case .end, .character("G"): offset = Self.lastLine
        default: offset = 0
        }
    }

    private mutating func show(_ page: Page) {
        self.page = page
        offset = 0
    }

    /// Leaves a filter, and then the page.
    private mutating func goBack() {
        guard page == .site, question.filter != nil else { return show(.server) }
        question.filter = nil
    }

    /// Chooses the next interval of the list in a direction.
    private mutating func changeInterval(_ step: Int) {
        let faster = Self.intervals.last { $0 < interval }
        let slower = Self.intervals.first { $0 > interval }
        interval = (step < 0 ? faster : slower) ?? interval
    }
}

extension Dashboard {
    /// The effect of a key beyond the state.
    enum Effect: Equatable { case none, quit, suspend, redraw, save }

    /// The times between two readings that can be chosen.
    static let intervals: [Duration] = [
        .milliseconds(250), .milliseconds(500), .seconds(1), .seconds(2), .seconds(5), .seconds(10),
    ]

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
        case .up, .down, .pageUp, .pageDown, .home, .end, .character("g"), .character("G"): move(key)
        case .character("/"), .character("t"), .character("x"): ask(key)
        default: choose(key)
        }
        return .none
    }

    /// Changes what is shown, and how.
    private mutating func choose(_ key: Key) {
        switch key {
        case .character(let digit) where digit.isASCII && digit.isNumber: show(number: digit.wholeNumberValue ?? 0)
        case .tab: showNext()
        case .character("?"), .character("h"): show(page == .help ? .server : .help)
        case .escape: goBack()
        case .character("s"):
            if !sites.isEmpty { chosen = (chosen + 1) % sites.count }
            show(page.isAboutSite ? page : .site)
        case .character("n"): findNext()
        case .enter: open()
        case .character("p"): isPaused.toggle()
        case .character("+"): changeInterval(-1)
        case .character("-"): changeInterval(1)
        case .character("o"): order.isByName.toggle()
        case .character("r"): order.isReversed.toggle()
        default: break
        }
    }

    /// Changes the question for the page, which is that of the lists of the site unless it has one of its own.
    private mutating func ask(_ key: Key) {
        switch (key, page) {
        case (.character("t"), .hour): return span = span.next
        case (.character("/"), .hour), (.character("/"), .store), (.character("/"), .machine),
            (.character("/"), .refused):
            return entry = TextEntry("", longest: SiteFilter.longest)
        case (_, .site): break
        default: show(.site)
        }
        switch key {
        case .character("/"): entry = TextEntry(question.filter?.text ?? "", longest: SiteFilter.longest)
        case .character("t"): question.period = question.period.next
        default: question.isComparing.toggle()
        }
    }

    /// Takes a key for the text that is being typed.
    private mutating func type(_ key: Key) {
        guard let end = entry?.press(key) else { return }
        defer { if remark == nil { entry = nil } }
        guard case .entered(let text) = end else { return }
        guard page == .site else {
            entry = nil
            sought = text
            return text.isEmpty ? () : findNext()
        }
        chosenRow = nil
        guard !text.isEmpty else {
            question.filter = nil
            sought = ""
            return
        }
        do throws(SiteFilter.Invalid) {
            let filter = try SiteFilter(text)
            question.filter = filter
            sought = filter.sought
        } catch {
            // The text stays, to be mended.
            remark = error.reason
        }
    }

    private mutating func show(_ page: Page) {
        if page != self.page { sought = page == .site ? question.filter?.sought ?? "" : "" }
        self.page = page
        offset = 0
        chosenRow = nil
        opened = nil
    }

    private mutating func show(number: Int) {
        guard Page.numbered.indices.contains(number - 1) else { return }
        show(Page.numbered[number - 1])
    }

    private mutating func showNext() {
        let next = Page.numbered.firstIndex(of: page).map { ($0 + 1) % Page.numbered.count }
        show(Page.numbered[next ?? 0])
    }

    /// Leaves what is open, then a choice, a filter, and at last the page.
    private mutating func goBack() {
        if opened != nil {
            opened = nil
        } else if chosenRow != nil {
            chosenRow = nil
        } else if page == .site, question.filter != nil {
            question.filter = nil
        } else {
            show(.server)
        }
    }

    /// Chooses the next interval of the list in a direction.
    private mutating func changeInterval(_ step: Int) {
        let faster = Self.intervals.last { $0 < interval }
        let slower = Self.intervals.first { $0 > interval }
        interval = (step < 0 ? faster : slower) ?? interval
    }
}

import FoundationEssentials

extension Dashboard {
    private static let leastWidth = 40
    private static let leastHeight = 8

    /// The frame for a terminal of a size.
    func frame(width: Int, height: Int, _ look: Look) -> Canvas {
        var canvas = Canvas(width: width, height: height)
        guard width >= Self.leastWidth, height >= Self.leastHeight else {
            canvas.write("too small", column: 0, row: 0)
            return canvas
        }
        drawHead(&canvas)
        let rows = 1..<height - 1
        if page.isAboutSite, page != .refused, site == nil {
            let advice = "no site is watched: start with --site NAME, and --key with a read key or share link"
            canvas.write(advice, column: 0, row: 2)
        } else if let sections = sections(width: width, height: rows.count, look) {
            canvas.draw(sections, rows: rows, offset: offset, chosen: chosenRow, look)
        } else {
            canvas.write("no answer yet", column: 0, row: 2)
        }
        // What is shown is old.
        if trouble != nil, page.isAboutServer { canvas.set(.faint) }
        drawFoot(&canvas)
        return canvas
    }

    /// A snapshot of the server as lines of text, without charts.
    func snapshot(width: Int, _ look: Look) -> [String] {
        guard let figures else { return [] }
        let page = ServerPage(figures: figures, histories: ServerHistories(), look: look, order: order)
        let sections = page.sections.left + page.sections.right
        var canvas = Canvas(width: width, height: 1 + sections.reduce(0) { $0 + $1.height })
        drawHead(&canvas)
        canvas.draw((sections, []), rows: 1..<canvas.height, offset: 0, look)
        return canvas.lines
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
        if page.isAboutSite, let site {
            place = canvas.write("[\(site.site.title)]", column: place, row: 0, .strong)
            let period = page == .site ? question.title : page == .hour ? span.title : ""
            place = canvas.write("  \(period)  ", column: place, row: 0)
        }
        if let at = figures?.at {
            let time = Date(timeIntervalSince1970: at).ISO8601Format().clock
            canvas.write("\(time) UTC", column: place, row: 0, .faint)
        }
    }

    private func drawFoot(_ canvas: inout Canvas) {
        let row = canvas.height - 1
        if let entry {
            let isFilter = page == .site
            var place = canvas.write(isFilter ? "filter: " : "find: ", column: 0, row: row, .strong)
            place = canvas.write("\(entry.text)_", column: place, row: row)
            let hint = isFilter ? "such as country==DE or /blog" : "a part of a row; n for the next one"
            canvas.write("   \(remark ?? hint)", column: place, row: row, .faint)
        } else if let remark {
            canvas.write(remark, column: 0, row: row, .strong)
        } else if let trouble {
            canvas.write("no answer, trying again: \(trouble)", column: 0, row: row, .bad)
        } else {
            let pace = isPaused ? "paused" : "every \(FigureText.time(interval / .seconds(1)))"
            let place = canvas.write("\(pace)  ", column: 0, row: row, isPaused ? .warning : .faint)
            canvas.write("q quit  ? keys  \(keys)", column: place, row: row, .faint)
        }
    }

    /// The keys of the page that the foot has room for.
    private var keys: String {
        let pages = "1 overview 2 traffic 3 hour 4 store 5 machine 6 refused"
        switch page {
        case .site: return "/ filter  t period  x compare  s next site  \(pages)"
        case .hour: return "t time  s next site  \(pages)"
        default: return pages
        }
    }
}

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
        switch page {
        case .server:
            if let figures {
                let page = ServerPage(figures: figures, histories: histories, look: look, order: order)
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
        let page = ServerPage(figures: figures, histories: ServerHistories(), look: look, order: order)
        let sections = page.sections.left + page.sections.right
        var canvas = Canvas(width: width, height: 1 + sections.reduce(0) { $0 + $1.height })
        drawHead(&canvas)
        canvas.draw((sections, []), rows: 1..<canvas.height, offset: 0, look)
        return canvas.lines
    }

    private func drawSite(_ canvas: inout Canvas, rows: Range<Int>, _ look: Look) {
        guard let site else {
            let advice = "no site is watched: start with --site NAME, and --key with a read key or share link"
            canvas.write(advice, column: 0, row: 2)
            return
        }
        let page = SitePage(
            figures: site,
            look: look,
            hitLines: max(4, rows.count / 2),
            order: order,
            question: question
        )
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
        if page == .site, let site {
            place = canvas.write("[\(site.site.title)]", column: place, row: 0, .strong)
            canvas.write("  \(question.title)", column: place, row: 0)
        }
    }

    private func drawFoot(_ canvas: inout Canvas) {
        let row = canvas.height - 1
        if let entry {
            var place = canvas.write("filter: ", column: 0, row: row, .strong)
            place = canvas.write("\(entry.text)_", column: place, row: row)
            canvas.write("   \(remark ?? "such as country==DE or /blog")", column: place, row: row, .faint)
        } else if let remark {
            canvas.write(remark, column: 0, row: row, .strong)
        } else if let trouble {
            canvas.write("no answer, trying again: \(trouble)", column: 0, row: row, .bad)
        } else {
            let pace = isPaused ? "paused" : "every \(FigureText.time(interval / .seconds(1)))"
            let keys =
                page == .site
                ? "1 server  s next site  / filter  t period  x compare  ? keys  q quit   "
                : "1 server  2 site  s next site  p pause  +/- pace  ? keys  q quit   "
            let place = canvas.write(keys, column: 0, row: row, .faint)
            canvas.write(pace, column: place, row: row, isPaused ? .warning : .faint)
        }
    }
}

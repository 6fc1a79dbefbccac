extension Dashboard {
    /// The sections of the shown page for a terminal of a size; nil while there are no figures.
    ///
    /// - Parameters:
    ///   - width: The columns of the terminal.
    ///   - height: The lines for the sections.
    ///   - look: The characters to draw with.
    /// - Returns: The sections.
    func sections(width: Int, height: Int, _ look: Look) -> Sections? {
        let server = figures.map { ServerPage(figures: $0, histories: histories, look: look, order: order) }
        let columns = Canvas.columns(of: width)
        var sections: Sections?
        switch page {
        case .server: sections = server?.sections
        case .site: sections = site.map { sitePage($0, hitLines: max(4, height / 2), look).sections }
        case .hour: sections = site.map { HourPage(figures: $0, look: look, span: span).sections }
        case .store: sections = server.map { StorePage(server: $0).sections }
        case .machine: sections = server.map { MachinePage(server: $0).sections }
        case .refused: sections = RefusedPage(server: server, site: site, look: look, order: order).sections
        case .help: sections = ([HelpPage.section], [])
        }
        if let section = detail(server, width: columns, look) { sections?.left.insert(section, at: 0) }
        return sections
    }

    /// The rows of the shown page that can be chosen, with their texts.
    var rows: [(target: RowTarget, text: String)] {
        // Neither depends on the size.
        guard let sections = sections(width: 80, height: 24, Look()) else { return [] }
        return (sections.left + sections.right).flatMap(\.rows)
    }

    private func sitePage(_ figures: SiteFigures, hitLines: Int, _ look: Look) -> SitePage {
        SitePage(figures: figures, look: look, hitLines: hitLines, order: order, question: question)
    }

    /// The section about the opened row; nil if none is open.
    private func detail(_ server: ServerPage?, width: Int, _ look: Look) -> Section? {
        switch opened {
        case .minute(let minute): site.map { HourPage(figures: $0, look: look, span: span).hits(of: minute) }
        case .reason(let reason): RefusedPage.remedy(for: reason, width: width)
        case .task(let name): server.map { StorePage(server: $0).section(about: name, width: width) }
        case .filter, .fact, nil: nil
        }
    }
}

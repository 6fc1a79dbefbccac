package import Analytics

/// The live figures of a site: who is there, the half hour by the minute, the hour to this second, and the hits that come.
package struct RealtimePage: Page {
    let site: SiteName
    let figures: LiveFigures

    /// - Parameters:
    ///   - site: The site.
    ///   - figures: The figures with which the page begins.
    package init(_ site: SiteName, _ figures: LiveFigures) {
        self.site = site
        self.figures = figures
    }

    package var title: String { "Realtime · \(site.text)" }
    package var place: Place { .site(site, .realtime) }
    package var scripts: [PageAsset] { [.live] }

    package func content(_ links: Links) -> HTML {
        """
        \(PageHead("Realtime", text: state, actions: actions(links)))
        <ul class="card tiles five">\(tiles(links))</ul>
        \(MinuteBars(minutes: figures.counts.minutes))
        \(hits)
        """
    }

    /// The age of the figures, which the script keeps up to date.
    private var state: HTML {
        let behind = "Newer figures cannot be had now."
        return """
            <span id="state" role="status" data-behind="\(behind)">\(figures.isBehind ? behind : "")</span> \
            As of <span id="as-of">\(ClockTime(figures.counts.moment))</span>
            """
    }

    private func actions(_ links: Links) -> HTML {
        """
        <a class="button secondary" href="\(links.site(site, .realtime))" data-reload>Reload</a>\
        <button type="button" class="button secondary" data-stream="\(links.realtime(site))" aria-pressed="false" hidden>\
        Pause</button>
        """
    }

    private func tiles(_ links: Links) -> [HTML] {
        let (counts, hour) = (figures.counts, figures.hour)
        let ofHour = HourCount.allCases.map { ($0.rawValue, "\($0.title), this hour", $0.number(in: hour)) }
        let now = [("visitors_5m", "Visitors, 5 minutes", counts.now), ("visitors_30m", "30 minutes", counts.halfHour)]
        return (now + ofHour).map { name, title, number in
            let link: HTML =
                name.hasPrefix("visitors_") ? "\(title)" : "<a href=\"\(links.site(site, .hour))\">\(title)</a>"
            return """
                <li data-metric="\(name)"><h3>\(link)</h3>\
                <p class="value"><data value="\(number)">\(Figure(number))</data></p></li>

                """
        }
    }

    private var hits: HTML? {
        guard let hits = figures.hits else { return nil }
        let columns = ["Time", "Event", "Page", "Source", "Country", "Browser"].map { Table.Column($0) }
        let table = Table("Hits", columns: columns, rows: hits.map(\.cells))
        return """
            <section class="card" id="hits" data-columns="\(LiveHit.columns.joined(separator: " "))">\
            <div class="head"><h2>Hits</h2><p>The last ones, without those of machines.</p></div>
            \(table)
            <p class="rest hint" data-empty\(flag: "hidden", !hits.isEmpty)>None in the last half hour.</p>
            </section>
            """
    }
}

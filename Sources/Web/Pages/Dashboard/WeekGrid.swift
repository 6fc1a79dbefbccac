import Analytics

/// The visitors of each hour of the week, as a table of seven days and 24 hours.
package struct WeekGrid: Component {
    /// The visitors, from Monday 00:00 on.
    private let hours: [Int]
    /// The links at its end; nil without any.
    private var ways: PanelLinks?

    private static let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    /// The shades beside that of nothing.
    private static let shades = 5

    /// - Parameter hours: The visitors of the 168 hours, from Monday 00:00 on; others are none.
    package init?(_ hours: [Int]) {
        guard hours.count == 168 else { return nil }
        self.hours = hours
    }

    /// The same with the ways to how its numbers came about, and to them as a file.
    func linked(_ address: DashboardAddress, _ links: Links) -> WeekGrid {
        var grid = self
        let source = DashboardSource(.visitors, by: .hourOfWeek)
        grid.ways = PanelLinks(panel: .week, source: source, address: address, links: links)
        return grid
    }

    package var html: HTML {
        let heads: [HTML] = (0..<24).map { hour in
            let text = "\(hour < 10 ? "0" : "")\(hour)"
            return "<th scope=\"col\"\(attribute: "class", hour.isMultiple(of: 3) ? nil : "minor")>\(text)</th>"
        }
        let rows: [HTML] = Self.days.enumerated().map { day, name in
            let cells: [HTML] = (0..<24).map { cell(hours[day * 24 + $0]) }
            return "<tr><th scope=\"row\"><abbr title=\"\(name)\">\(name.prefix(3))</abbr></th>\(cells)</tr>\n"
        }
        return """
            <section class="card week" id="week">
            <div class="head"><h2>Week</h2><p>Visitors by hour</p></div>
            <div class="table" role="region" aria-label="Visitors by hour of the week" tabindex="0"><table>
            <thead><tr><th scope="col"><span class="unseen">Day</span></th>\(heads)</tr></thead>
            <tbody>\(rows)</tbody></table></div>
            \(ways.map { "<p class=\"rest hint\">\($0)</p>" as HTML })
            </section>

            """
    }

    /// A cell, whose shade is the share of the greatest.
    private func cell(_ count: Int) -> HTML {
        let most = max(1, hours.max() ?? 1)
        let shade = count == 0 ? 0 : min(Self.shades, (count * Self.shades - 1) / most + 1)
        let text = Figure(count).text
        return "<td class=\"s\(shade)\">\(text)</td>"
    }
}

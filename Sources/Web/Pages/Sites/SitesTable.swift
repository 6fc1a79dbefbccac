import Analytics

/// The table of the list of all sites, whose heads sort it, with a row of sums.
struct SitesTable: Component {
    let list: SitesList
    let links: Links

    private var address: SitesAddress { list.address }
    /// True if the reader may see refused hits and settings of one of the sites.
    private var isOfMembers: Bool { list.rows.contains { $0.role >= .member } }
    /// True if the names of the organisations tell something.
    private var hasOrganisations: Bool { Set(list.summed.map(\.organisation)).count > 1 }

    /// The numbers up to which all of a line are told in words.
    private static let mostTold = 7

    var html: HTML {
        var table = Table("Sites", columns: columns, rows: list.rows.map(cells))
        if list.summed.count > 1 { table.foot = sums }
        return table.html
    }

    private var columns: [Table.Column] {
        // On a narrow screen the first ones are seen.
        let numbers = [SitesColumn.name, .visitors, .pageviews, .change, .hour].map(column)
        let line = Table.Column("Visitors by \(unit)")
        return numbers + [line] + (isOfMembers ? [column(.refused), Table.Column("Settings", isUnseen: true)] : [])
    }

    private var unit: String { address.period.unit == .hour ? "hour" : "day" }

    private func column(_ column: SitesColumn) -> Table.Column {
        var head = Table.Column(column.title, isNumber: column != .name)
        if address.sort == column { head.order = address.isDescending ? "descending" : "ascending" }
        if list.isSortable || column == .name { head.link = address.sorted(by: column).link(links) }
        return head
    }

    private func cells(_ row: SiteRow) -> [HTML] {
        let numbers = row.numbers
        let first: [HTML] = [name(row), figure(numbers?.visitors), figure(numbers?.pageviews)]
        let rest: [HTML] = [numbers?.mark?.html ?? "–", figure(row.hour), line(numbers)]
        return first + rest + (isOfMembers ? [refused(row), settings(row)] : [])
    }

    private func name(_ row: SiteRow) -> HTML {
        let link = links.site(row.name).with("period", address.periodValue)
        let organisation: HTML? =
            hasOrganisations ? "<span class=\"sub\">\(ShortName(row.organisation, most: 40))</span>" : nil
        return "<a class=\"strong\" href=\"\(link)\">\(HTML.name(row.name.text))</a>\(organisation)"
    }

    private func line(_ numbers: SiteNumbers?) -> HTML {
        guard let series = numbers?.series else { return "–" }
        let told =
            series.count <= Self.mostTold
            ? series.map { "\($0)" }.joined(separator: ", ") : "at most \(series.max() ?? 0)"
        return Sparkline(values: series, label: "Visitors by \(unit): \(told)", decimals: 0).html
    }

    private func figure(_ number: Int?) -> HTML { number.map { Figure($0).html } ?? "–" }

    private func refused(_ row: SiteRow) -> HTML {
        guard row.role >= .member else { return "–" }
        guard let share = text(row.refusedShare) else { return "–" }
        return "<a href=\"\(RefusedAddress(row.name, address.period.refused).link(links))\">\(share)</a>"
    }

    private func text(_ share: Double?) -> String? { share.map { $0 > 0 ? MetricText.share($0) : "0 %" } }

    private func settings(_ row: SiteRow) -> HTML {
        guard row.role >= .member else { return "" }
        return "<a href=\"\(links.site(row.name, .settings))\">Settings</a>"
    }

    private var sums: [HTML] {
        let sum = SitesSum(list.summed)
        let isAll = list.summed.count == list.total
        let count = Figure(list.summed.count)
        let title: HTML = isAll ? "All \(count) sites" : "The \(count) sites of this page"
        let known: HTML? =
            sum.sites < list.summed.count ? "<span class=\"sub\">as far as \(Figure(sum.sites)) are known</span>" : nil
        let cells: [HTML] = ["\(title)\(known)", "", sum.sites > 0 ? Figure(sum.pageviews).html : "–", "", "", ""]
        return cells + (isOfMembers ? ["\(text(sum.refusedShare) ?? "–")", ""] : [])
    }
}

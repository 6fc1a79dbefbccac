import Analytics

/// The filters of a dashboard, each with a link that removes it.
struct FilterPills: Component {
    let address: DashboardAddress
    let links: Links

    var html: HTML {
        guard address.isFiltered else { return "" }
        return """
            <div class="filters" role="group" aria-label="Filters">\(address.filters.map(pill))\(segments)\
            <a class="clear" href="\(address.unfiltered.link(links))">Remove all</a></div>
            """
    }

    private func pill(_ filter: DashboardFilter) -> HTML {
        let values = filter.values.map { filter.field == "country" ? CountryNames.name(of: $0) ?? $0 : $0 }
        let names: [HTML] = values.enumerated().map { index, value in
            "\(index > 0 ? " or " : "")<strong>\(HTML.name(value))</strong>"
        }
        return """
            <span class="pill"><span>\(filter.field) \(filter.words) \(names)</span>\
            <a href="\(address.removing(filter).link(links))"><span aria-hidden="true">×</span>\
            <span class="unseen">Remove the filter \(filter.field)</span></a></span>
            """
    }

    private var segments: [HTML] {
        address.kept.filter { $0.name == "segment" }.map { "<span class=\"pill\">segment \($0.value)</span>" }
    }
}

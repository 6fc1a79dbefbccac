import Analytics

/// The filters of a dashboard, each with a link that removes it, and the ways to add another.
///
/// On narrow screens they are one line with their number, which opens them: a popover needs no script, and browsers that
/// do not know it show the filters as wide screens do.
struct FilterBar: Component {
    let address: DashboardAddress
    /// The segments that the reader may use.
    let segments: [DashboardSegment]
    /// True if the reader may save segments.
    let maySave: Bool
    let links: Links

    private static let fields = [
        "page", "entry", "exit", "title", "host", "event", "goal", "source", "channel", "referrer", "campaign",
        "medium",
        "country", "region", "city", "language", "browser", "os", "device", "size",
    ]
    private static let signs = ["==", "!=", "=@", "!@", "=~", "!~"]

    var html: HTML {
        let clear: HTML? =
            address.isFiltered
            ? "<a class=\"clear\" data-key=\"Escape\" href=\"\(address.unfiltered.link(links))\">Remove all</a>" : nil
        return """
            <button type="button" class="button secondary unfold" popovertarget="filters">\(number)\(Icon.open)</button>\
            <div class="filters" id="filters" popover role="group" aria-label="Filters">\(address.filters.map(pill))\(address.segmentIDs.map(pill))\
            \(bots)\(adding)\(menu)\(clear)\
            <button type="button" class="button quiet unfold" popovertarget="filters" popovertargetaction="hide">Close</button>\
            </div>
            """
    }

    /// The number of the filters, with the words for it.
    private var number: HTML {
        let count = address.conditions.count + (address.countsBots ? 1 : 0)
        return count == 0 ? "Filters" : "\(count) \(count == 1 ? "filter" : "filters")"
    }

    private func pill(_ filter: DashboardFilter) -> HTML {
        let other = address.removing(filter).adding(filter.opposite)
        return """
            <span class="pill"><a class="turn" href="\(other.link(links))" title="Turn round">\(filter.field) \
            \(filter.words)</a> <span>\(filter.shownValues)</span><a href="\(address.removing(filter).link(links))">\
            <span aria-hidden="true">×</span><span class="unseen">Remove the filter \(filter.field)</span></a></span>
            """
    }

    /// The mark of numbers with machines in them.
    private var bots: HTML? {
        guard address.countsBots else { return nil }
        return """
            <span class="pill"><span>with <strong>machines</strong></span>\
            <a href="\(address.counting(bots: false).link(links))"><span aria-hidden="true">×</span>\
            <span class="unseen">Count people alone</span></a></span>
            """
    }

    private func pill(_ id: String) -> HTML {
        let name = segments.first { "\($0.id)" == id }?.name
        let shown: HTML = name.map { "<strong>\(HTML.name($0))</strong>" } ?? "\(HTML.name(id))"
        return """
            <span class="pill"><span>segment \(shown)</span><a href="\(address.toggling(segment: id).link(links))">\
            <span aria-hidden="true">×</span><span class="unseen">Remove the segment</span></a></span>
            """
    }

    private var adding: Dropdown {
        let fields: [HTML] = Self.fields.map { "<option>\($0)</option>" }
        let signs: [HTML] = Self.signs.map { sign in
            "<option value=\"\(sign)\">\(DashboardFilter("", sign, []).words)</option>"
        }
        let content: HTML = """
            <label for="filter-field">Field</label><select id="filter-field" name="field">\(fields)</select>\
            <label for="filter-sign">Comparison</label><select id="filter-sign" name="sign">\(signs)</select>\
            <label for="filter-values">Values, one a line</label>\
            <textarea id="filter-values" name="values" rows="3" required></textarea>\(Button("Filter"))
            """
        let title = address.countsBots ? "Count people alone" : "Count machines too"
        let link = address.counting(bots: !address.countsBots).link(links)
        return Dropdown(
            title: "Filter",
            content: """
                <ul><li><a href="\(link)">\(title)</a></li></ul>\
                \(StateForm(address: address, action: "filter", links: links, content: content))
                """,
            key: "/",
            does: "Filter"
        )
    }

    private var menu: Dropdown? {
        let items: [HTML] = segments.map { segment in
            let mark = address.segmentIDs.contains("\(segment.id)") ? "true" : nil
            let link = address.toggling(segment: "\(segment.id)").link(links)
            let own: HTML? = segment.isPersonal ? " <span class=\"hint\">yours</span>" : nil
            return "<li><a href=\"\(link)\"\(attribute: "aria-current", mark)>\(HTML.name(segment.name))\(own)</a></li>"
        }
        let list: HTML? = items.isEmpty ? nil : "<ul>\(items)</ul>"
        let save = maySave && !address.filters.isEmpty ? saving : nil
        guard list != nil || save != nil else { return nil }
        return Dropdown(title: "Segments", content: "\(list)\(save)")
    }

    private var saving: StateForm {
        let content: HTML = """
            <label for="segment-name">Save these filters as</label>\
            <input id="segment-name" name="name" required maxlength="120" autocomplete="off">\(Button("Save for me", .secondary, value: ("type", "personal")))
            """
        return StateForm(address: address, action: "segment", links: links, content: content)
    }
}

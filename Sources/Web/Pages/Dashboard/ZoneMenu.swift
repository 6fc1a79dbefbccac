/// The choice of the time zone of the dates of a dashboard, which keeps the rest of its state.
struct ZoneMenu: Component {
    let address: DashboardAddress
    let zones: ZoneChoice
    let links: Links

    private var current: String { address.kept.last { $0.name == "tz" }?.value ?? zones.site }

    var html: HTML {
        let first: [(zone: String?, title: HTML)] =
            [(nil, "\(zones.site) <span class=\"hint\">of the site</span>")]
            + (zones.site == "UTC" ? [] : [("UTC", "UTC")])
        let items: [HTML] = first.map { zone, title in
            let mark = (zone ?? zones.site) == current ? "true" : nil
            let link = address.showing(zone: zone).link(links)
            return "<li><a href=\"\(link)\"\(attribute: "aria-current", mark)>\(title)</a></li>"
        }
        let form = StateForm(address: address, action: "zone", links: links, content: fields)
        let title: HTML = current == zones.site ? "Zone" : "<strong>Zone</strong>"
        return Dropdown(title: title, content: "<ul>\(items)</ul>\(form)").html
    }

    private var fields: HTML {
        // A zone of the address that the list does not have is kept all the same.
        let all = zones.all.contains(current) ? zones.all : [current] + zones.all
        let options: [HTML] = all.map { "<option\(flag: "selected", $0 == current)>\($0)</option>" }
        return """
            <label for="zone">Another zone</label><select id="zone" name="zone">\(options)</select>\
            \(Button("Show"))<button type="button" class="button secondary" data-own-zone="zone" hidden></button>
            """
    }
}

/// The choice of the time zone of the dates of a page, which keeps the rest of its state.
///
/// Browsers know the names of all zones: without a list of them the page is a quarter smaller.
struct ZoneMenu: Component {
    let address: DashboardAddress
    /// The zone of the site.
    let site: String
    let links: Links

    private var current: String { address.kept.last { $0.name == "tz" }?.value ?? site }

    var html: HTML {
        let named = [current, "UTC"].filter { $0 != site }
        let items: [HTML] =
            [item(nil, "\(site) <span class=\"hint\">of the site</span>")]
            + Set(named).sorted().map { item($0, "\($0)") }
        let form = StateForm(address: address, action: "zone", links: links, content: Self.fields)
        let title: HTML = current == site ? "Zone" : "<strong>Zone</strong>"
        return Dropdown(title: title, content: "<ul>\(items)</ul>\(form)").html
    }

    private func item(_ zone: String?, _ title: HTML) -> HTML {
        let mark = (zone ?? site) == current ? "true" : nil
        let link = address.showing(zone: zone).link(links)
        return "<li><a href=\"\(link)\"\(attribute: "aria-current", mark)>\(title)</a></li>"
    }

    private static let fields: HTML = """
        <label for="zone">Another zone</label>\
        <input id="zone" name="zone" list="zones" required autocomplete="off" spellcheck="false"\
         placeholder="such as Asia/Tokyo"><datalist id="zones"></datalist>\
        \(Button("Show"))<button type="button" class="button secondary" data-own-zone="zone" hidden></button>
        """
}

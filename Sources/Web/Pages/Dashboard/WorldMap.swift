/// The map of the world with the visitors of countries; a country is the link to its filter.
///
/// The list beside it has the same numbers for those who do not see it. The countries without visitors are an image that
/// browsers keep, the others are shapes in the page, as no other way to colour them works with the policy of pages in
/// every browser.
struct WorldMap: Component {
    /// The countries by their codes, the most visitors first.
    let rows: [DashboardList.Row]
    let address: DashboardAddress
    let links: Links

    /// The shades of countries.
    private static let shades = 6
    /// The most countries that are links, which keeps the page small.
    private static let mostLinks = 60

    /// The countries that are on the map, each with its shape.
    private var countries: [(row: DashboardList.Row, shape: HTML)] {
        rows.compactMap { row in WorldShapes.shape(of: row.value).map { (row, $0) } }
    }

    var html: HTML {
        let countries = countries
        guard !countries.isEmpty else { return "" }
        let classes = Self.classes(of: countries.map(\.row.visitors))
        let shapes: [HTML] = countries.enumerated().map { place, country in
            let number = Figure(country.row.visitors).text
            let name = DashboardTab.country.name(of: country.row.value)
            let shape: HTML = """
                \(country.shape) class="m\(classes[country.row.visitors] ?? 1)"><title>\(name): \(number)</title>
                """
            let closed = shape + (country.shape.bytes.starts(with: "<c".utf8) ? "</circle>" : "</path>")
            guard place < Self.mostLinks else { return closed }
            let filter = DashboardFilter(DashboardTab.country.field, "==", [country.row.value])
            return "<a href=\"\(address.adding(filter).link(links))\" tabindex=\"-1\">\(closed)</a>\n"
        }
        let (width, height) = WorldShapes.size
        // Loaded lazily, so that it does not arrive together with the style, which the page waits for.
        return """
            <div class="world" aria-hidden="true"><img src="\(AssetLinks.link(.world, links))" alt="" loading="lazy"\
             width="\(width)" height="\(height)">
            <svg viewBox="0 0 \(width) \(height)">
            \(shapes)</svg></div>
            \(legend(classes))
            """
    }

    /// The shade of each number, from 1 to `shades`, each for as many countries as the others.
    private static func classes(of numbers: [Int]) -> [Int: Int] {
        let sorted = numbers.sorted()
        // Of equal numbers the last one counts, so that they have the same shade.
        return Dictionary(
            sorted.enumerated().map { ($1, (($0 + 1) * shades + sorted.count - 1) / sorted.count) },
            uniquingKeysWith: { $1 }
        )
    }

    /// The numbers of each shade, in words.
    private func legend(_ classes: [Int: Int]) -> HTML {
        let items: [HTML] = (1...Self.shades).compactMap { shade in
            let numbers = classes.filter { $0.value == shade }.map(\.key)
            guard let least = numbers.min(), let most = numbers.max() else { return nil }
            let text = least == most ? Figure(least).text : "\(Figure(least).text) to \(Figure(most).text)"
            return """
                <li><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">\
                <rect class="m\(shade)" width="12" height="12"/></svg>\(text)</li>
                """
        }
        return "<ul class=\"legend\" aria-label=\"Visitors by shade of the map\"><li>Visitors:</li>\(items)</ul>"
    }
}

import Analytics

/// A visit in the list of visits.
struct VisitRow {
    private let visit: VisitSummary
    private let link: Link

    /// - Parameters:
    ///   - visit: The visit.
    ///   - address: The state of the list.
    ///   - links: The addresses within the server.
    init(_ visit: VisitSummary, _ address: DashboardAddress, _ links: Links) {
        (self.visit, link) = (visit, address.visit(visit.key, links))
    }

    var cells: [HTML] {
        let text = VisitText(visit)
        let bounce: HTML? = visit.isBounce ? " \(Badge("Bounce"))" : nil
        let names = [VisitText.page(visit.entry), VisitText.page(visit.exit), text.source, text.place, text.client]
        return [
            "<a href=\"\(link)\">\(Moment(visit.start))</a>\(bounce)", "\(text.duration)", "\(Figure(visit.pageviews))",
            "\(Figure(visit.events))",
        ] + names.map { name in name.map { ShortName($0).html } ?? "–" }
    }
}

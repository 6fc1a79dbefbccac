import Analytics

/// All columns of a visit, to compare visits from several sources as text.
struct VisitLine {
    let site: SiteID
    let visitor: Visitor
    let isDated: Bool
    let start: Timestamp
    var end: Timestamp
    var pageviews = 0
    var events = 0
    var isBounce = false
    var entry: (path: String?, host: String?)
    var exit: (path: String?, host: String?)
    private let attributes: [String?]

    init(site: SiteID, visitor: Visitor, first: Hit, isDated: Bool) {
        self.site = site
        self.visitor = visitor
        self.isDated = isDated
        start = first.time
        end = first.time
        attributes = Self.attributes(of: first)
    }

    /// The visit that the server derives.
    init(_ visit: Visit, of hits: [Hit], site: SiteID) {
        self.init(site: site, visitor: visit.visitor, first: hits[visit.hits.lowerBound], isDated: visit.isDated)
        end = visit.end
        pageviews = visit.pageviews
        events = visit.events
        isBounce = visit.isBounce
        entry = (visit.entry.flatMap { hits[$0].path }, visit.entry.flatMap { hits[$0].host })
        exit = (visit.exit.flatMap { hits[$0].path }, visit.exit.flatMap { hits[$0].host })
    }

    /// Origin, place and agent of a hit.
    static func attributes(of hit: Hit) -> [String?] {
        let (origin, place, agent) = (hit.origin, hit.place, hit.agent)
        return [
            origin?.source, origin?.channel, origin?.referrer,
            origin?.utmSource, origin?.utmMedium, origin?.utmCampaign, origin?.utmContent, origin?.utmTerm,
            place?.country, place?.region, place?.city,
            agent?.browser, agent?.browserVersion, agent?.os, agent?.osVersion,
            agent?.device, agent?.screen, agent?.language,
        ]
    }

    var text: String {
        let numbers = [
            "\(site.rawValue)", "\(visitor.stored)", "\(start.milliseconds / 86_400_000)", "\(start.milliseconds)",
            "\(end.milliseconds)", "\(end.milliseconds - start.milliseconds)",
            "\(pageviews)", "\(events)", "\(isBounce)",
        ]
        let texts = [entry.path, exit.path, entry.host, exit.host] + attributes
        return (numbers + texts.map { $0 ?? "NULL" } + ["\(isDated)"]).joined(separator: "|").escaped
    }

    /// The expression in SQL for the same text, before it is escaped, of a row of the view `visit`.
    static let sql = """
        array_to_string(ARRAY[
            site_id::text, visitor::text, (day - '1970-01-01')::text, (extract(epoch FROM start) * 1000)::bigint::text,
            (extract(epoch FROM ended) * 1000)::bigint::text, (extract(epoch FROM duration) * 1000)::bigint::text,
            pageviews::text, events::text, is_bounce::text,
            entry_page, exit_page, entry_host, exit_host,
            source, channel, referrer, utm_source, utm_medium, utm_campaign, utm_content, utm_term,
            country, region, city, browser, browser_version, os, os_version, device, screen, language,
            is_dated::text
        ], '|', 'NULL')
        """
}

extension String {
    /// The text in ASCII, so that texts are equal, and in order, by their scalars.
    var escaped: String { unicodeScalars.map { $0.escaped(asASCII: true) }.joined() }
}

/// A site that receives events of a ledger.
struct LedgerSite: Equatable, Sendable {
    /// The site of requests that name none, and others with a row in the scenario's database.
    static let all = [
        LedgerSite(id: 1, name: nil),
        LedgerSite(id: 2, name: "shop"),
        LedgerSite(id: 3, name: "example.org/blog"),
        LedgerSite(id: 70_000, name: "a-b_c.d"),
        LedgerSite(id: 2_147_483_647, name: "9"),
    ]

    let id: Int
    /// The name that requests give.
    let name: String?

    /// The beginning of a request's query.
    var query: String { name.map { "?site=\($0)" } ?? "" }

    /// A query that begins with the site.
    func query(_ parameters: String) -> String {
        query.isEmpty ? "?\(parameters)" : "\(query)&\(parameters)"
    }

    /// The statement that makes the sites known; everybody may ask for their counts, and send
    /// events of any time, as the clock of a server may jump.
    static var insertion: String {
        let settings = #"'{"public": true, "late_hours": 876000}'"#
        let rows = all.compactMap { site in site.name.map { "(\(site.id), '\($0)', \(settings))" } }
        return """
            UPDATE hourglass.site SET settings = \(settings);
            INSERT INTO hourglass.site (id, name, settings) VALUES \(rows.joined(separator: ", "));
            """
    }
}

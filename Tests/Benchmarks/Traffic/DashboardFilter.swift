/// A filter of a whole dashboard.
struct DashboardFilter: Sendable {
    let name: String
    var country: String?
    var page: String?
    var source: String?

    static let all = [
        DashboardFilter(name: "no filter"),
        DashboardFilter(name: "country", country: "AA"),
        DashboardFilter(name: "page contains /blog", page: "/blog"),
        DashboardFilter(name: "country, page and source", country: "AA", page: "/blog", source: "Source 0"),
    ]

    /// The tests of the API, without the brackets around them.
    var json: String {
        let tests = [
            country.map { #"["is","visit:country",["\#($0)"]]"# },
            page.map { #"["contains","event:page",["\#($0)"]]"# },
            source.map { #"["is","visit:source",["\#($0)"]]"# },
        ]
        return tests.compactMap(\.self).joined(separator: ",")
    }

    /// The condition for visits; nil if all pass.
    var visitCondition: String? {
        let tests = [country.map { "country = '\($0)'" }, source.map { "source = '\($0)'" }].compactMap(\.self)
        return tests.isEmpty ? nil : tests.joined(separator: " AND ")
    }

    /// The condition for a column with a path.
    func pageCondition(_ column: String) -> String? { page.map { "\(column) LIKE '%\($0)%'" } }
}

import Analytics
import HTTP
import Web

extension ReportTable {
    /// The rows of the list of all sites; what cannot be told is missing.
    init(_ list: SitesList) {
        self.init(
            columns: [
                "site", "organisation", "timezone", "people_in_hour", "visitors", "visitors_before", "pageviews",
                "refused",
            ],
            rows: list.rows.map { row in
                let numbers = [
                    row.hour, row.numbers?.visitors, row.numbers?.former, row.numbers?.pageviews, row.refused,
                ]
                let texts = [row.name.text, row.organisation, row.zone]
                return texts.map(JSON.text) + numbers.map { $0.map(JSON.number) ?? .raw("null") }
            }
        )
    }
}

import Analytics
import Postgres
import Support
import Testing

/// The rows that the SQL of a query gives, to whoever may read the views and nothing else.
struct ExplainedRows {
    /// Names of relations are looked for nowhere, and the zone of the session is another one than that of any site.
    private static let setup = """
        SET search_path = pg_catalog; SET timezone = 'Asia/Tokyo'; SET ROLE hourglass_read;
        """

    /// The texts of the dimensions and the numbers, in order.
    let rows: [[String]]

    /// - Throws: An error of the database, or of a query without SQL.
    init(_ query: Query, _ database: TestDatabase) async throws {
        guard case .sql(let sql) = ExplainedQuery(query) else {
            throw Unexplained(query: "\(query)")
        }
        let table = try await Connection.with(database.url, setup: Self.setup) { try await $0.values(sql) }
        rows = table.map { row in
            row.enumerated().map { place, text in
                place < query.dimensions.count ? (text ?? "").escaped : Self.number(text.flatMap(Double.init))
            }
        }
    }

    private struct Unexplained: Error {
        let query: String
    }

    private static func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "nothing" }

    /// The rows of a report in the same form.
    static func of(_ report: Report) -> [[String]] {
        report.rows.map { row in
            row.dimensions.map(\.escaped)
                + row.values.map { value in
                    switch value {
                    case .count(let count): number(Double(count))
                    case .real(let value): number(value)
                    case .money, .amounts, .none: number(nil)
                    }
                }
        }
    }
}

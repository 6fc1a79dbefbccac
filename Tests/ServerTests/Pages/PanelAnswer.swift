import FoundationEssentials
import Support

/// The page about how the numbers of a panel came about, with the ways to ask for them that it names.
struct PanelAnswer {
    /// A row: the value of its field, if it has one, and its number.
    struct Row: Equatable {
        let name: String
        let number: Double?
    }

    private enum Cell: Decodable {
        case text(String)
        case number(Double?)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else {
                self = .number(container.decodeNil() ? nil : try container.decode(Double.self))
            }
        }
    }

    let page: HTTPAnswer

    init(_ page: HTTPAnswer) { self.page = page }

    /// The addresses of such pages on a dashboard.
    static func addresses(in page: HTTPAnswer) -> [String] {
        page.body.matches(of: #/href="(/s/shop/why\?[^"]*)"/#).map { unescaped(String($0.1)) }
    }

    /// The address that the command asks, without the host; nil without a command.
    var curl: String? {
        guard let command = text(of: "curl"), let address = command.split(separator: "'").last(where: { $0 != "" }),
            let scheme = address.firstRange(of: "://")
        else { return nil }
        let rest = address[scheme.upperBound...]
        return rest.firstIndex(of: "/").map { String(rest[$0...]) }
    }

    /// The statement; nil without one.
    var sql: String? { text(of: "sql") }

    /// The address of the link to the answer; nil without one.
    var link: String? {
        page.body.firstMatch(of: #/href="([^"]*)">The answer</#).map { Self.unescaped(String($0.1)) }
    }

    /// The address of the page of SQL with the statement; nil without a link.
    var opened: String? {
        page.body.firstMatch(of: #/href="([^"]*)">Open on the SQL page</#).map { Self.unescaped(String($0.1)) }
    }

    /// The statement that a page of SQL shows in its form; nil without one.
    static func question(in page: HTTPAnswer) -> String? {
        page.body.firstMatch(of: #/<textarea[^>]*name="sql"[^>]*>\n(?<text>[^<]*)<\/textarea>/#)
            .map { unescaped(String($0.text)) }
    }

    /// The text of an element that is there to be copied; nil without it.
    private func text(of id: String) -> String? {
        guard let start = page.body.firstRange(of: "<pre id=\"\(id)\"><code>")?.upperBound else { return nil }
        let rest = page.body[start...]
        guard let end = rest.firstRange(of: "</code>")?.lowerBound else { return nil }
        return Self.unescaped(String(rest[..<end]))
    }

    /// The rows of an answer of the interface.
    static func rows(_ answer: HTTPAnswer) throws -> [Row] {
        let rows = try JSONDecoder().decode([[String: Cell]].self, from: Data(answer.body.utf8))
        return rows.map { row in
            var (name, number) = ("", nil as Double?)
            for cell in row.values {
                switch cell {
                case .text(let text): name = text
                case .number(let value): number = value
                }
            }
            return Row(name: name, number: number)
        }
    }

    /// The rows that a page of SQL shows.
    static func answer(in page: HTTPAnswer) -> [Row] {
        rows(PageText(page).rows(of: "query-answer").map { $0.map { unescaped($0) } })
    }

    /// The rows that a statement gives.
    static func rows(_ table: [[String?]]) -> [Row] {
        table.map { row in
            Row(
                name: row.count > 1 ? row.first.flatMap(\.self) ?? "" : "",
                number: row.last.flatMap(\.self).flatMap(Double.init)
            )
        }
    }

    static func unescaped(_ text: String) -> String {
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
            .reduce(text) { $0.replacing($1.0, with: $1.1) }
    }
}

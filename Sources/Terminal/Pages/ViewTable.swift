import FoundationEssentials

/// The figures of a page as rows of CSV (RFC 4180): `section,name,value,before`.
struct ViewTable: Sendable {
    private static let head = ["section", "name", "value", "before"]

    private var rows: [[String]] = []

    /// The figures of a server; their names are those of its JSON, with points between them.
    init(_ figures: Figures) throws {
        let value = try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(figures))
        rows = value.leaves.map { ["server", $0.name, $0.text, ""] }
    }

    /// The figures of a site: the live ones, the totals and the lists.
    ///
    /// - Parameters:
    ///   - figures: The figures.
    ///   - order: The order of the lists.
    init(_ figures: SiteFigures, _ order: ViewOrder) {
        for minute in figures.counts?.minutes ?? [] {
            rows.append(["visitors by the minute", minute.at, "\(minute.visitors)", ""])
            rows.append(["page views by the minute", minute.at, "\(minute.pageviews)", ""])
        }
        guard let answer = figures.answer else { return }
        let title = answer.question.title
        for total in answer.totals {
            rows.append(["totals, \(title)", total.name, "\(total.value)", total.before.map { "\($0)" } ?? ""])
        }
        for list in answer.lists {
            for entry in order.sorted(list.entries, name: \.name, figure: { Double($0.visitors) }) {
                rows.append(["\(list.title), \(title)", entry.name, "\(entry.visitors)", ""])
            }
        }
    }

    /// The counts of hours, each by its end in seconds since 1970.
    init(_ hours: HourAnswer) {
        for count in hours.counts {
            for (name, value) in [
                ("people", count.unique_users), ("clicks", count.clicks), ("impressions", count.impressions),
            ] {
                rows.append(["\(name) in the hour to", "\(count.at)", "\(value)", ""])
            }
        }
    }

    /// The refused hits of each hour by their reasons.
    init(_ refusals: RefusalAnswer) {
        rows = refusals.counts.map { ["refused in the hour from \($0.hour)", $0.reason, "\($0.count)", ""] }
    }

    /// The text of the file; a name that a spreadsheet would take for a formula begins with an apostrophe.
    var csv: String {
        ([Self.head] + rows).map { row in row.map(Self.cell).joined(separator: ",") + "\r\n" }.joined()
    }

    private static func cell(_ text: String) -> String {
        // A number below zero is no formula.
        let isFormula = text.first.map { "=+-@\t\r".contains($0) } == true && Double(text) == nil
        let safe = isFormula ? "'" + text : text
        guard safe.contains(where: { ",\"\r\n".contains($0) || $0 == "\r\n" }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }

    /// A value of JSON.
    private enum Value: Decodable {
        case leaf(String)
        case members([String: Value])
        case items([Value])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let members = try? container.decode([String: Value].self) {
                self = .members(members)
            } else if let items = try? container.decode([Value].self) {
                self = .items(items)
            } else if let flag = try? container.decode(Bool.self) {
                self = .leaf("\(flag)")
            } else if let number = try? container.decode(Double.self) {
                self = .leaf("\(number)")
            } else {
                self = .leaf((try? container.decode(String.self)) ?? "")
            }
        }

        /// The texts and numbers in it, by their names.
        var leaves: [(name: String, text: String)] {
            switch self {
            case .leaf(let text): [("", text)]
            case .members(let members):
                members.sorted { $0.key < $1.key }.flatMap { key, value in value.leaves(in: key) }
            case .items(let items):
                items.enumerated().flatMap { place, value in value.leaves(in: "\(place + 1)") }
            }
        }

        private func leaves(in key: String) -> [(name: String, text: String)] {
            leaves.map { ($0.name.isEmpty ? key : "\(key).\($0.name)", $0.text) }
        }
    }
}

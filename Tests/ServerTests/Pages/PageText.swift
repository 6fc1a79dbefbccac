import Support

/// The parts of a page that tests compare with answers of the interface.
struct PageText {
    let text: String

    init(_ answer: HTTPAnswer) { text = answer.body }

    /// The number of an element with `data-metric`; nil without it.
    func number(_ metric: String) -> Double? {
        guard let tile = text.firstRange(of: "data-metric=\"\(metric)\"") else { return nil }
        let rest = text[tile.upperBound...]
        guard let start = rest.firstRange(of: "<data value=\"")?.upperBound else { return nil }
        return Double(rest[start...].prefix { $0 != "\"" })
    }

    /// The cells of all rows of the tables within the element of an id, without their markup.
    func rows(of id: String) -> [[String]] {
        guard let start = text.firstRange(of: "id=\"\(id)\"") else { return [] }
        let rest = text[start.upperBound...]
        let section = rest[..<(rest.firstRange(of: "</section>")?.lowerBound ?? rest.endIndex)]
        return section.split(separator: "<tbody>").dropFirst().flatMap { table in
            let body = table[..<(table.firstRange(of: "</tbody>")?.lowerBound ?? table.endIndex)]
            return body.split(separator: "<tr>").filter { $0.contains("<th") }.map(Self.cells)
        }
    }

    private static func cells(_ row: Substring) -> [String] {
        var cells: [String] = []
        let parts = row.replacing("<th", with: "<td").split(separator: "<td", omittingEmptySubsequences: false)
        for part in parts.dropFirst() {
            var (text, isTag) = ("", true)
            for character in part {
                switch character {
                case "<": isTag = true
                case ">": isTag = false
                default: if !isTag { text.append(character) }
                }
            }
            while text.last?.isWhitespace == true { text.removeLast() }
            cells.append(text)
        }
        return cells
    }
}

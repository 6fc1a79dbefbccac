extension Dashboard {
    /// The lines that PgUp and PgDn pass.
    private static let pageLines = 10
    /// The lines that a page may be scrolled by, more than any has.
    private static let lastLine = 1_000

    /// Chooses another row on a page that has some, or scrolls.
    mutating func move(_ key: Key) {
        let last = rows.count - 1
        guard last >= 0, key == .up || key == .down else { return scroll(key) }
        let place = chosenRow.map { min($0, last) }
        chosenRow = key == .up ? max(0, (place ?? 1) - 1) : min((place ?? -1) + 1, last)
    }

    private mutating func scroll(_ key: Key) {
        // A chosen row would be kept in view.
        chosenRow = nil
        switch key {
        case .up: offset = max(0, offset - 1)
        case .down: offset = min(offset + 1, Self.lastLine)
        case .pageUp: offset = max(0, offset - Self.pageLines)
        case .pageDown: offset = min(offset + Self.pageLines, Self.lastLine)
        case .end, .character("G"): offset = Self.lastLine
        default: offset = 0
        }
    }

    /// Chooses the next row with the sought text, after the last one the first; without a text the next row.
    mutating func findNext() {
        let rows = rows
        guard !rows.isEmpty else { return remark = "there are no rows" }
        let start = (chosenRow ?? -1) + 1
        let places = (0..<rows.count).map { (start + $0) % rows.count }
        let found = places.first { sought.isEmpty || rows[$0].text.lowercased().contains(sought.lowercased()) }
        if let found { chosenRow = found } else { remark = "no row has '\(sought)'" }
    }

    /// Opens the chosen row: a value becomes a filter, and of others more is shown.
    mutating func open() {
        let rows = rows
        guard let chosenRow, rows.indices.contains(chosenRow) else {
            return remark = "choose a row first: up, down or n"
        }
        switch rows[chosenRow].target {
        case .filter(let text):
            let joined = question.filter?.joined(with: text) ?? text
            do throws(SiteFilter.Invalid) {
                question.filter = try SiteFilter(joined.count <= SiteFilter.longest ? joined : text)
                self.chosenRow = nil
            } catch {
                remark = error.reason
            }
        case .fact: remark = "there is no more about this row"
        case let target:
            opened = target
            offset = 0
            self.chosenRow = nil
        }
    }
}

extension LiveHit {
    /// The hit as a line: the time, the name, the path, and what is known of the sender.
    var line: Section.Line {
        let rest = [country, browser, source].compactMap(\.self).joined(separator: "  ").shown
        return [
            Section.Piece(text: "\(time.clock) ", tone: .faint),
            Section.Piece(text: name.shown.fitted(12) + " ", tone: name == "pageview" ? .normal : .strong),
            Section.Piece(text: (path ?? "").shown.fitted(24) + " "),
            Section.Piece(text: rest, tone: .faint),
        ]
    }
}

extension String {
    /// The hour, the minute and the second of a time of RFC 3339.
    var clock: String { (split(separator: "T").last?.prefix(8)).map(String.init) ?? "" }
}

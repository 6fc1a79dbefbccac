/// The escape sequences that bring a terminal from one frame to the next.
struct ScreenEncoder: Sendable {
    /// Goes to the alternate screen, and hides the cursor.
    static let enter = "\u{1b}[?1049h\u{1b}[?25l\u{1b}[2J"
    /// Shows the cursor, and goes back to the screen of before.
    static let leave = "\u{1b}[0m\u{1b}[?25h\u{1b}[?1049l"

    private let theme: Theme
    private var shown: Canvas?

    init(_ theme: Theme) { self.theme = theme }

    /// Forgets what the terminal shows, so that the next frame is drawn whole.
    mutating func reset() { shown = nil }

    /// The sequences that show a frame; empty if the terminal shows it already.
    mutating func encode(_ frame: Canvas) -> String {
        defer { shown = frame }
        let isSame = shown?.width == frame.width && shown?.height == frame.height
        let before = isSame ? shown : nil
        var text = ""
        for row in 0..<frame.height {
            let line = frame.line(row)
            guard let change = Self.change(line, since: before?.line(row)) else { continue }
            text += "\u{1b}[\(row + 1);\(change.lowerBound + 1)H"
            text += encode(line.dropFirst(change.lowerBound).prefix(change.count))
        }
        guard !text.isEmpty || before == nil else { return "" }
        // A terminal that knows mode 2026 shows the frame at once; others pass it over.
        return "\u{1b}[?2026h" + (before == nil ? "\u{1b}[0m\u{1b}[2J" : "") + text + "\u{1b}[0m\u{1b}[?2026l"
    }

    /// The columns from the first difference to the last; nil if there is none.
    private static func change(
        _ line: ArraySlice<Canvas.Cell>,
        since before: ArraySlice<Canvas.Cell>?
    ) -> Range<Int>? {
        guard let before else { return 0..<line.count }
        let places = zip(line, before).enumerated().filter { $0.element.0 != $0.element.1 }.map(\.offset)
        guard var first = places.first, let last = places.last else { return nil }
        // A wide character is written from its first column on.
        while first > 0, line[line.startIndex + first].text.isEmpty || before[before.startIndex + first].text.isEmpty {
            first -= 1
        }
        return first..<last + 1
    }

    private func encode(_ cells: ArraySlice<Canvas.Cell>) -> String {
        var text = ""
        var tone: Tone?
        for cell in cells {
            if cell.tone != tone {
                text += "\u{1b}[\(cell.tone.parameters(theme))m"
                tone = cell.tone
            }
            text += cell.text
        }
        return text
    }
}

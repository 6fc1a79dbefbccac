/// A screen of cells that is drawn in memory.
struct Canvas: Equatable, Sendable {
    /// A column of a line.
    struct Cell: Equatable, Sendable {
        /// The character; empty for the second column of a wide one.
        var text: String
        var tone: Tone
    }

    private static let blank = Cell(text: " ", tone: .normal)

    let width: Int
    let height: Int
    private var cells: [Cell]

    init(width: Int, height: Int) {
        self.width = max(0, width)
        self.height = max(0, height)
        cells = Array(repeating: Self.blank, count: self.width * self.height)
    }

    /// The cells of a line.
    func line(_ row: Int) -> ArraySlice<Cell> { cells[row * width..<(row + 1) * width] }

    /// The lines as text, without the blanks at their ends.
    var lines: [String] {
        (0..<height).map { row in
            var text = line(row).map(\.text).joined()
            while text.last == " " { text.removeLast() }
            return text
        }
    }

    /// Writes a text into a line; what does not fit is cut.
    ///
    /// - Parameters:
    ///   - text: The text, of which unprintable characters are left out.
    ///   - column: The first column, from 0.
    ///   - row: The line, from 0.
    ///   - tone: The emphasis.
    ///   - end: The column before which it ends; nil for that of the canvas.
    /// - Returns: The column behind the text.
    @discardableResult
    mutating func write(_ text: String, column: Int, row: Int, _ tone: Tone = .normal, end: Int? = nil) -> Int {
        let end = min(end ?? width, width)
        guard 0..<height ~= row else { return column }
        var place = column
        for character in text.shown {
            let columns = character.columns
            guard place + columns <= end else { break }
            guard columns > 0, place >= 0 else { continue }
            put(Cell(text: String(character), tone: tone), columns: columns, at: row * width + place, in: row)
            place += columns
        }
        return place
    }

    /// Puts a character into its cells; wide ones of which it covers a half are gone.
    private mutating func put(_ cell: Cell, columns: Int, at place: Int, in row: Int) {
        if cells[place].text.isEmpty { cells[place - 1].text = " " }
        let next = place + columns
        if next < (row + 1) * width, cells[next].text.isEmpty { cells[next].text = " " }
        cells[place] = cell
        if columns == 2 { cells[place + 1] = Cell(text: "", tone: cell.tone) }
    }

    /// Gives all cells the same emphasis.
    mutating func set(_ tone: Tone) {
        for index in cells.indices { cells[index].tone = tone }
    }
}

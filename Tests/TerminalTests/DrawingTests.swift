import Support
import Testing

@testable import Terminal

struct DrawingTests {
    @Test(arguments: [
        ("a", 1), ("ä", 1), ("e\u{301}", 1), ("漢", 2), ("한", 2), ("👍", 2), ("\u{1b}", 0), ("\u{202e}", 0),
        ("\u{200b}", 0),
    ])
    func charactersHaveTheColumnsOfATerminal(text: String, columns: Int) {
        #expect(text.columns == columns)
    }

    @Test func textIsCutAndFilledToColumns() {
        #expect("漢字".fitted(3) == "漢 ")
        #expect("ab".fitted(4) == "ab  ")
        #expect("ab".fitted(4, isRight: true) == "  ab")
        #expect("abcdef".fitted(3) == "abc")
    }

    /// Whatever a visitor calls a page, no line gets wider and no character steers the terminal.
    @Test func noTextBreaksTheCanvas() {
        var generator = SeededGenerator(seed: 7)
        let pieces = [
            "a", "漢", "👩‍👩‍👧", "\u{1b}[2J", "\u{9b}31m", "\u{7}", "\n", "\r", "\u{202e}",
            "e\u{301}\u{301}\u{301}\u{301}\u{301}",
            "🇩🇪", "\u{200d}", "\t",
        ]
        for _ in 0..<2_000 {
            let count = Int.random(in: 0...12, using: &generator)
            let text = (0..<count).compactMap { _ in pieces.randomElement(using: &generator) }.joined()
            var canvas = Canvas(width: Int.random(in: 1...9, using: &generator), height: 1)
            let column = Int.random(in: 0...9, using: &generator)
            canvas.write(text, column: column, row: 0)
            #expect(canvas.line(0).count == canvas.width)
            #expect(canvas.line(0).reduce(0) { $0 + $1.text.columns } == canvas.width, "\(text.debugDescription)")
            let scalars = canvas.lines.joined().unicodeScalars
            #expect(scalars.allSatisfy { $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) && $0.value != 0x202e })
        }
    }

    /// The sequences from any frame to any other leave a terminal with what the latter shows.
    @Test func differencesBringATerminalToTheNextFrame() {
        var generator = SeededGenerator(seed: 11)
        var encoder = ScreenEncoder(.standard)
        var terminal = FakeTerminal(width: 12, height: 3)
        for _ in 0..<500 {
            var frame = Canvas(width: 12, height: 3)
            for _ in 0..<Int.random(in: 0...4, using: &generator) {
                let text = ["abc", "漢字", "x", "👍y", "──"].randomElement(using: &generator) ?? ""
                let column = Int.random(in: 0...11, using: &generator)
                frame.write(text, column: column, row: Int.random(in: 0...2, using: &generator), .accent)
            }
            // A text may be written over half of a wide character.
            let expected = frame.lines
            terminal.take(encoder.encode(frame))
            #expect(terminal.lines == expected)
            let again = encoder.encode(frame)
            #expect(again.isEmpty)
        }
    }

    @Test(arguments: [(0.0, 1.0), (0.3, 0.5), (1, 1), (1.5, 2), (4, 5), (7, 10), (12, 20), (42_457, 50_000)])
    func chartsEndAtRoundNumbers(value: Double, top: Double) {
        #expect(abs(Chart.top(value) - top) < 1e-9)
    }

    @Test func chartsFillFromBelow() {
        let chart = Chart(values: [0, 1, 2, 4], look: Look(isUnicode: false))
        #expect(chart.lines(width: 5, height: 4) == ["     ", "    #", "   ##", "  ###"])
        let dots = Chart(values: [0, 5, 10, 10], look: Look())
        #expect(dots.lines(width: 2, height: 1) == ["⢠⣿"])
        #expect(dots.lines(width: 3, height: 2).allSatisfy { $0.columns == 3 })
    }

    @Test(arguments: [
        (0.0, "0"), (1.25, "1.3"), (99.94, "99.9"), (100.4, "100"), (1_234_567, "1,234,567"), (-3.5, "-3.5"),
        (12, "12"),
    ])
    func numbersHaveWhatCanBeRead(value: Double, text: String) {
        #expect(FigureText.number(value) == text)
    }

    @Test func unitsFollowFromTheSize() {
        #expect(FigureText.bytes(61_234_567) == "61 MB")
        #expect(FigureText.bytes(1_500) == "1.5 kB")
        #expect(FigureText.time(0.0014) == "1.4 ms")
        #expect(FigureText.time(2.5) == "2.5 s")
        #expect(FigureText.age(90) == "1 min 30 s")
        #expect(FigureText.age(273_600) == "3 d 4 h")
        #expect(FigureText.bytes(nil) == "-" && FigureText.number(.nan) == "-" && FigureText.age(1e300) == "-")
    }
}

/// A terminal that knows the sequences of `ScreenEncoder`.
private struct FakeTerminal {
    private var cells: [[String]]

    init(width: Int, height: Int) {
        cells = Array(repeating: Array(repeating: " ", count: width), count: height)
    }

    var lines: [String] {
        cells.map { row in
            var text = row.joined()
            while text.last == " " { text.removeLast() }
            return text
        }
    }

    mutating func take(_ text: String) {
        var rest = text[...]
        var (row, column) = (0, 0)
        while let character = rest.popFirst() {
            guard character == "\u{1b}" else {
                cells[row][column] = String(character)
                if character.columns == 2 { cells[row][column + 1] = "" }
                column += character.columns
                continue
            }
            let end = rest.firstIndex { $0.isLetter } ?? rest.endIndex
            let parameters = rest[..<end].dropFirst()
            if end < rest.endIndex, rest[end] == "H" {
                let places = parameters.split(separator: ";").compactMap { Int($0) }
                if places.count == 2 { (row, column) = (places[0] - 1, places[1] - 1) }
            }
            if end < rest.endIndex, rest[end] == "J" {
                for index in cells.indices { cells[index] = cells[index].map { _ in " " } }
            }
            rest = end < rest.endIndex ? rest[rest.index(after: end)...] : ""
        }
    }
}

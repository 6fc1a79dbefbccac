/// A filled curve of values over time, the latest at the right, from 0 up to a round number.
struct Chart: Sendable {
    /// The bits of a braille character for the rows of a column from the bottom on (U+2800 is the empty one).
    private static let dots: [[UInt32]] = [[0x40, 0x04, 0x02, 0x01], [0x80, 0x20, 0x10, 0x08]]

    let values: [Double]
    let look: Look

    /// The lines of the chart, the uppermost first.
    ///
    /// - Parameters:
    ///   - width: The columns.
    ///   - height: The lines.
    /// - Returns: Lines of exactly so many columns.
    func lines(width: Int, height: Int) -> [String] {
        guard width > 0, height > 0 else { return [] }
        let (across, up) = look.isUnicode ? (2, 4) : (1, 1)
        let shown = values.suffix(width * across)
        let top = Self.top(shown.max() ?? 0)
        let levels = shown.map { value in Self.level(value, of: top, steps: height * up) }
        let heights = Array(repeating: 0, count: width * across - levels.count) + levels
        return (0..<height).map { row in
            let floor = (height - 1 - row) * up
            return String(
                (0..<width).map { column in
                    character((0..<across).map { heights[column * across + $0] - floor })
                }
            )
        }
    }

    /// The least of 1, 2, 5, 10, 20 … that is not smaller than a value.
    static func top(_ value: Double) -> Double {
        guard value.isFinite, value > 0 else { return 1 }
        var step = 1.0
        while step < value, step < 1e15 { step *= 10 }
        while step / 10 >= value { step /= 10 }
        return [0.2, 0.5].map { $0 * step }.first { $0 >= value } ?? step
    }

    /// The dots of a value; one at least if it is not zero.
    private static func level(_ value: Double, of top: Double, steps: Int) -> Int {
        guard value > 0 else { return 0 }
        return max(1, Int(exactly: (min(1, value / top) * Double(steps)).rounded()) ?? 0)
    }

    /// The character of one cell, by the dots of its columns above its floor.
    private func character(_ levels: [Int]) -> Character {
        guard look.isUnicode else { return (levels.first ?? 0) > 0 ? "#" : " " }
        var bits: UInt32 = 0
        for (column, level) in levels.enumerated() {
            for row in 0..<max(0, min(4, level)) { bits |= Self.dots[column][row] }
        }
        guard bits > 0 else { return " " }
        return Unicode.Scalar(0x2800 + bits).map(Character.init) ?? " "
    }
}

/// A line of some numbers without scales, as small as a word.
struct Sparkline: Component {
    /// The numbers, the first one first.
    let values: [Int]
    /// The name, for those who do not see it; nil where the text beside it says as much.
    var label: String?
    /// The decimals of its points, of which a small drawing among many needs none.
    var decimals = 1

    /// The size of the drawing in its own units, and the height of the line.
    private static let (width, height, rise) = (100.0, 24.0, 20.0)

    /// The drawing; one without a line where nothing is greater than 0, or there is one number alone.
    var html: HTML {
        let name: HTML = label.map { " role=\"img\" aria-label=\"\($0)\"" } ?? " aria-hidden=\"true\""
        return """
            <svg class="spark" viewBox="0 0 100 24" preserveAspectRatio="none"\(name)>\(line)</svg>
            """
    }

    /// True if there is a line to draw.
    var hasLine: Bool { values.count > 1 && values.contains { $0 > 0 } }

    private var line: HTML? {
        guard hasLine, let most = values.max() else { return nil }
        let points = values.enumerated().map { place, value in
            let x = Double(place) * Self.width / Double(values.count - 1)
            let y = Self.height - 2 - Double(value) * Self.rise / Double(most)
            return "\(x.text(decimals: decimals)) \(y.text(decimals: decimals))"
        }
        return "<path d=\"M\(points.joined(separator: "L"))\"/>"
    }
}

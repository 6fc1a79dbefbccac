/// A part of a page: a title, a chart that takes the room there is, and lines.
struct Section: Sendable {
    /// A piece of a line.
    struct Piece: Sendable {
        let text: String
        var tone: Tone = .normal
    }

    typealias Line = [Piece]

    let title: String
    /// The figure at the right of the title.
    var value = ""
    /// The values of the chart; nil for none.
    var chart: [Double]?
    var lines: [Line]
    /// The things that the lines are about, one for each; none if no line can be chosen.
    var targets: [RowTarget] = []

    /// The lines of the section without a chart.
    var height: Int { 1 + lines.count }

    /// The lines that can be chosen, with their texts.
    var rows: [(target: RowTarget, text: String)] {
        zip(targets, lines).map { ($0, $1.map(\.text).joined()) }
    }
}

/// The sections for the left and for the right of a page.
typealias Sections = (left: [Section], right: [Section])

extension [Section.Piece] {
    /// Names with their figures, which stand beside each other.
    ///
    /// - Parameter pairs: The names and figures.
    /// - Returns: The line.
    static func figures(_ pairs: (String, String)...) -> Self {
        pairs.flatMap { name, value in
            [Section.Piece(text: "\(name) ", tone: .faint), Section.Piece(text: "\(value)   ")]
        }
    }
}

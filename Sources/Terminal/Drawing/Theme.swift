/// The colours in which a screen is drawn.
enum Theme: Sendable {
    /// The colours of the terminal's own scheme.
    case standard
    /// Their bright variants, and nothing faint.
    case bright
    /// No colours.
    case plain

    /// The next one; after the last the first.
    var next: Theme {
        switch self {
        case .standard: .bright
        case .bright: .plain
        case .plain: .standard
        }
    }
}

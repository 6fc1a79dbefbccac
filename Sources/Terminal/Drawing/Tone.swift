/// The emphasis of a text, which colour shows but never alone.
enum Tone: Sendable, Equatable {
    case normal, strong, faint, good, warning, bad, accent

    /// The parameters of the escape sequence that begins it (ECMA-48, SGR).
    ///
    /// - Parameter hasColour: False for a terminal without colours.
    /// - Returns: The parameters, after a reset.
    func parameters(hasColour: Bool) -> String {
        switch self {
        case .normal: "0"
        case .strong: "0;1"
        case .faint: hasColour ? "0;2" : "0"
        case .good: hasColour ? "0;32" : "0"
        case .warning: hasColour ? "0;33" : "0;1"
        case .bad: hasColour ? "0;31;1" : "0;7"
        case .accent: hasColour ? "0;36" : "0"
        }
    }
}

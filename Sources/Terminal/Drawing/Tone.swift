/// The emphasis of a text, which colour shows but never alone.
enum Tone: Sendable, Equatable {
    case normal, strong, faint, good, warning, bad, accent

    /// The parameters of the escape sequence that begins it (ECMA-48, SGR).
    ///
    /// - Parameter theme: The colours.
    /// - Returns: The parameters, after a reset.
    func parameters(_ theme: Theme) -> String {
        switch (self, theme) {
        case (.normal, _), (.faint, .bright), (.faint, .plain), (.good, .plain), (.accent, .plain): "0"
        case (.strong, _), (.warning, .plain): "0;1"
        case (.faint, .standard): "0;2"
        case (.good, .standard): "0;32"
        case (.good, .bright): "0;92"
        case (.warning, .standard): "0;33"
        case (.warning, .bright): "0;93"
        case (.bad, .standard): "0;31;1"
        case (.bad, .bright): "0;91;1"
        case (.bad, .plain): "0;7"
        case (.accent, .standard): "0;36"
        case (.accent, .bright): "0;96"
        }
    }
}

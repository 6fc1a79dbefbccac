/// The characters and colours that a terminal can show.
struct Look: Equatable, Sendable {
    /// True for braille, blocks and lines; false for ASCII alone.
    var isUnicode = true
    var hasColour = true

    /// The look of a terminal by its environment: ASCII in a locale that is not UTF-8, and no colour with `NO_COLOR`.
    ///
    /// - Parameter environment: The variables of the process.
    init(environment: [String: String]) {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        let encoding = locale.split(separator: ".").last?.lowercased().replacing("-", with: "") ?? ""
        isUnicode = encoding.hasPrefix("utf8")
        let terminal = environment["TERM"] ?? ""
        hasColour = (environment["NO_COLOR"] ?? "").isEmpty && terminal != "dumb" && !terminal.isEmpty
    }

    init(isUnicode: Bool = true, hasColour: Bool = true) {
        self.isUnicode = isUnicode
        self.hasColour = hasColour
    }

    /// The colours to begin with.
    var theme: Theme { hasColour ? .standard : .plain }

    /// A horizontal line.
    func rule(_ width: Int) -> String { String(repeating: isUnicode ? "─" : "-", count: max(0, width)) }

    /// The line between two columns.
    var divider: String { isUnicode ? "│" : "|" }

    /// The mark of the chosen row, and of the others; two columns each.
    func mark(isChosen: Bool) -> String { isChosen ? (isUnicode ? "▸ " : "> ") : "  " }

    /// A bar that shows a share.
    ///
    /// - Parameters:
    ///   - share: The share, from 0 to 1.
    ///   - width: The columns of the whole.
    /// - Returns: The bar, filled with blanks.
    func bar(_ share: Double, _ width: Int) -> String {
        let eighths = Int(exactly: (min(1, max(0, share)) * Double(max(0, width)) * 8).rounded()) ?? 0
        guard isUnicode else { return String(repeating: "#", count: (eighths + 4) / 8).fitted(width) }
        let rest = eighths % 8 == 0 ? "" : String(Self.eighths[eighths % 8 - 1])
        return (String(repeating: "█", count: eighths / 8) + rest).fitted(width)
    }

    private static let eighths: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]
}

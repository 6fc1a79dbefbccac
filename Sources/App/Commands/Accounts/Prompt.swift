import Glibc

/// A question in a terminal.
enum Prompt {
    /// Asks for a line.
    ///
    /// - Throws: `CommandFailure` without a terminal, and without an answer.
    static func ask(_ text: String) throws -> String {
        let name = text.prefix { $0 != "," && $0 != ":" }
        guard isatty(STDIN_FILENO) == 1 else { throw CommandFailure("missing: \(name.lowercased()); see --help") }
        print(text, terminator: "")
        fflush(nil)
        guard let line = readLine(), !line.isEmpty else { throw CommandFailure("nothing was entered") }
        return line
    }
}

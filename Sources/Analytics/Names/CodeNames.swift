/// Names by codes, read from a compact text.
struct CodeNames: Sendable {
    private let names: [Substring: Substring]

    /// Reads entries that semicolons separate.
    ///
    /// An entry is a code, or several, and a name.
    ///
    /// - Parameters:
    ///   - text: The entries.
    ///   - isCode: True for a word that is a code.
    init(parsing text: String, isCode: (Substring) -> Bool) {
        var names: [Substring: Substring] = [:]
        for entry in text.split(separator: ";") {
            let words = entry.split { $0 == " " || $0 == "\n" }
            let codes = words.prefix(while: isCode)
            guard let first = words.dropFirst(codes.count).first else { continue }
            let name = entry[first.startIndex...]
            for code in codes { names[code] = name }
        }
        self.names = names
    }

    func name(of code: String) -> String? { names[code[...]].map { String($0) } }
}

/// A line of text that is typed.
struct TextEntry: Equatable, Sendable {
    /// The end of the typing.
    enum End: Equatable { case entered(String), cancelled }

    /// The longest text, in characters; more is not taken.
    private let longest: Int
    private(set) var text: String

    /// - Parameters:
    ///   - text: The text to begin with.
    ///   - longest: The longest text, in characters.
    init(_ text: String, longest: Int) {
        self.text = text
        self.longest = longest
    }

    /// Takes a key.
    ///
    /// - Parameter key: The key.
    /// - Returns: The end; nil if the typing goes on.
    mutating func press(_ key: Key) -> End? {
        switch key {
        case .enter: return .entered(text)
        case .escape: return .cancelled
        case .backspace: text = String(text.dropLast())
        case .control("u"): text = ""
        case .character(let character):
            if text.count < longest { text.append(character) }
        default: break
        }
        return nil
    }
}

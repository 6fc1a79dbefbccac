/// A key that was pressed.
enum Key: Equatable, Sendable {
    case character(Character)
    /// A letter with Ctrl.
    case control(Character)
    case up, down, left, right, pageUp, pageDown, home, end
    case tab, enter, escape, backspace

    /// Finds the keys in the bytes of a terminal, whichever pieces they come in.
    struct Parser {
        /// The longest escape sequence; a longer one is dropped.
        private static let longest = 16

        private static let sequences: [String: Key] = [
            "[A": .up, "[B": .down, "[C": .right, "[D": .left, "OA": .up, "OB": .down, "OC": .right, "OD": .left,
            "[5~": .pageUp, "[6~": .pageDown, "[H": .home, "[F": .end, "[1~": .home, "[4~": .end, "OH": .home,
            "OF": .end,
        ]

        private var pending: [UInt8] = []

        /// Takes the next bytes.
        ///
        /// An escape character at the end of a piece is the key: a terminal sends a sequence at once.
        ///
        /// - Parameter bytes: The bytes.
        /// - Returns: The keys.
        mutating func parse(_ bytes: some Sequence<UInt8>) -> [Key] {
            pending += bytes
            var keys: [Key] = []
            while let first = pending.first {
                if first == 0x1b {
                    guard let key = escape() else { break }
                    if let key = key.key { keys.append(key) }
                } else {
                    guard let key = character(first) else { break }
                    if let key = key.key { keys.append(key) }
                }
            }
            return keys
        }

        /// A key that was found, or nothing for bytes that are none.
        private struct Found { var key: Key? }

        /// Takes an escape sequence; nil if more bytes are needed.
        private mutating func escape() -> Found? {
            guard pending.count > 1 else { return take(1, .escape) }
            guard pending[1] == UInt8(ascii: "[") || pending[1] == UInt8(ascii: "O") else { return take(1, .escape) }
            guard let end = pending.dropFirst(2).firstIndex(where: { 0x40...0x7e ~= $0 }) else {
                return pending.count > Self.longest ? take(pending.count, nil) : nil
            }
            let text = String(decoding: pending[1...end], as: UTF8.self)
            return take(end + 1, Self.sequences[text])
        }

        /// Takes a character; nil if more bytes are needed.
        private mutating func character(_ first: UInt8) -> Found? {
            switch first {
            case 0x09: return take(1, .tab)
            case 0x0a, 0x0d: return take(1, .enter)
            case 0x7f, 0x08: return take(1, .backspace)
            case 0x01...0x1a: return take(1, .control(Character(Unicode.Scalar(first + 0x60))))
            case 0x20..<0x7f: return take(1, .character(Character(Unicode.Scalar(first))))
            case 0xc2...0xf4:
                let length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
                guard pending.count >= length else { return nil }
                let text = String(validating: pending.prefix(length), as: UTF8.self)
                return take(text == nil ? 1 : length, text?.first.map(Key.character))
            default: return take(1, nil)
            }
        }

        private mutating func take(_ count: Int, _ key: Key?) -> Found {
            pending.removeFirst(count)
            return Found(key: key)
        }
    }
}

extension Character {
    /// The columns of a terminal that the character takes: 1 or 2, and 0 for one that is not shown.
    var columns: Int {
        guard let scalar = unicodeScalars.first else { return 0 }
        if scalar.isASCII { return 0x20..<0x7f ~= scalar.value ? 1 : 0 }
        if unicodeScalars.contains(where: { $0.properties.isEmojiPresentation || $0.value == 0xfe0f }) { return 2 }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .unassigned, .privateUse, .lineSeparator, .paragraphSeparator,
            .nonspacingMark, .enclosingMark:
            return 0
        default: return Self.isWide(scalar.value) ? 2 : 1
        }
    }

    /// True for the characters of East Asian scripts that take two columns (UAX #11, W and F).
    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xa000...0xa4cf,
            0xa960...0xa97f, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6,
            0x1f300...0x1f64f, 0x1f900...0x1f9ff, 0x20000...0x3fffd:
            true
        default: false
        }
    }
}

extension String {
    /// The columns of a terminal that the text takes.
    var columns: Int { reduce(0) { $0 + $1.columns } }

    /// The text without characters that steer a terminal or change the direction of others: no text of a visitor may.
    var shown: String {
        let scalars = unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .unassigned, .privateUse, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
        var text = String.UnicodeScalarView()
        // More marks than these on a character are no writing.
        var marks = 0
        for scalar in scalars {
            let isMark = scalar.properties.generalCategory == .nonspacingMark
            marks = isMark ? marks + 1 : 0
            if marks <= 3 { text.append(scalar) }
        }
        return String(text)
    }

    /// The text cut to a number of columns, and filled with blanks.
    ///
    /// - Parameters:
    ///   - width: The columns.
    ///   - isRight: True to align it to the right.
    /// - Returns: The text of exactly so many columns.
    func fitted(_ width: Int, isRight: Bool = false) -> String {
        var text = ""
        var taken = 0
        for character in self {
            guard taken + character.columns <= width else { break }
            guard character.columns > 0 else { continue }
            text.append(character)
            taken += character.columns
        }
        let blanks = String(repeating: " ", count: max(0, width - taken))
        return isRight ? blanks + text : text + blanks
    }

    /// The text in lines of at most so many columns, which end between words where that is possible.
    func wrapped(_ width: Int) -> [String] {
        guard width > 0 else { return [] }
        var lines: [String] = []
        var line = ""
        for word in split(separator: " ") {
            var rest = String(word)
            if !line.isEmpty, line.columns + 1 + rest.columns <= width {
                line += " \(rest)"
                continue
            }
            if !line.isEmpty { lines.append(line) }
            // A word that is too long is cut into pieces, of a character at least.
            while rest.columns > width {
                let piece = rest.fitting(width)
                lines.append(piece)
                rest = String(rest.dropFirst(piece.count))
            }
            line = rest
        }
        return line.isEmpty ? lines : lines + [line]
    }

    /// The first characters that take at most so many columns, and one at least.
    private func fitting(_ width: Int) -> String {
        var (text, taken) = ("", 0)
        for character in self {
            taken += character.columns
            guard taken <= width || text.isEmpty else { break }
            text.append(character)
        }
        return text
    }
}

/// Takes SQL apart as far as parameters are concerned: they stand outside of literals, comments and quoted names
/// (PostgreSQL manual, "Lexical Structure").
struct SQLScanner {
    enum Token: Hashable {
        /// A name or a key word, in lower case unless it is quoted.
        case word(String)
        /// `:name`
        case parameter(String)
        /// A line that begins with two hyphens, without them.
        case comment(String)
        case literal
        case symbol(Unicode.Scalar)
    }

    private let scalars: [Unicode.Scalar]
    private var place = 0

    init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

    /// The next token and its range; nil at the end.
    mutating func next() throws(SQLFault) -> (token: Token, range: Range<Int>)? {
        while let scalar = peek(), scalar.properties.isWhitespace { place += 1 }
        let start = place
        guard let token = try token() else { return nil }
        return (token, start..<place)
    }

    private func peek(_ offset: Int = 0) -> Unicode.Scalar? {
        place + offset < scalars.count ? scalars[place + offset] : nil
    }

    private mutating func token() throws(SQLFault) -> Token? {
        guard let scalar = peek() else { return nil }
        switch (scalar, peek(1)) {
        case ("-", "-"): return lineComment()
        case ("/", "*"):
            try skipComment()
            return .comment("")
        case ("'", _):
            try skip(to: "'", "literal")
            return .literal
        case ("\"", _): return .word(try quotedName())
        case ("$", _): return try dollar()
        case (":", ":"), (":", "="):
            place += 2
            return .symbol(":")
        case (":", let next?) where next.startsName: return parameter()
        default: break
        }
        if scalar.startsName { return try word() }
        if scalar.isDigit { return number() }
        place += 1
        return .symbol(scalar)
    }

    private mutating func lineComment() -> Token {
        place += 2
        let start = place
        while let scalar = peek(), scalar != "\n", scalar != "\r" { place += 1 }
        return .comment(text(start..<place))
    }

    /// Skips a comment, in which others may be nested.
    private mutating func skipComment() throws(SQLFault) {
        let start = place
        var depth = 0
        repeat {
            switch (peek(), peek(1)) {
            case ("/", "*"): (depth, place) = (depth + 1, place + 2)
            case ("*", "/"): (depth, place) = (depth - 1, place + 2)
            case (nil, _): throw unterminated("comment", start)
            default: place += 1
            }
        } while depth > 0
    }

    /// Skips a text between quotation marks, of which two stand for one.
    private mutating func skip(
        to mark: Unicode.Scalar,
        _ kind: String,
        escapes: Bool = false
    ) throws(SQLFault) {
        let start = place
        place += 1
        while let scalar = peek() {
            place += escapes && scalar == "\\" ? 2 : 1
            guard scalar == mark else { continue }
            guard peek() == mark else { return }
            place += 1
        }
        throw unterminated(kind, start)
    }

    private mutating func quotedName() throws(SQLFault) -> String {
        let start = place
        try skip(to: "\"", "quoted name")
        return text(start + 1..<place - 1).replacing("\"\"", with: "\"")
    }

    /// A literal such as `$tag$…$tag$`.
    private mutating func dollar() throws(SQLFault) -> Token {
        let start = place
        place += 1
        if peek()?.isDigit == true {
            throw SQLFault("there are no parameters by number", hint: "Write :name.", position: start + 1)
        }
        while let scalar = peek(), scalar.isInName, scalar != "$" { place += 1 }
        guard peek() == "$" else { return .symbol("$") }
        place += 1
        let tag = scalars[start..<place]
        while place + tag.count <= scalars.count {
            if scalars[place..<place + tag.count] == tag {
                place += tag.count
                return .literal
            }
            place += 1
        }
        throw unterminated("literal", start)
    }

    private mutating func parameter() -> Token {
        let start = place + 1
        place += 2
        while let scalar = peek(), scalar.isInName, scalar != "$" { place += 1 }
        return .parameter(text(start..<place))
    }

    private mutating func word() throws(SQLFault) -> Token {
        let start = place
        while let scalar = peek(), scalar.isInName { place += 1 }
        let word = text(start..<place).lowercased()
        switch (word, peek(), peek(1)) {
        case ("u", "&", "'"), ("u", "&", "\""):
            throw SQLFault("Unicode escapes are not taken", hint: "Write the characters.", position: start + 1)
        case ("e", "'", _):
            try skip(to: "'", "literal", escapes: true)
            return .literal
        default: return .word(word)
        }
    }

    private mutating func number() -> Token {
        while let scalar = peek(), scalar.isInName || scalar == "." { place += 1 }
        return .literal
    }

    private func text(_ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(scalars[range]))
    }

    private func unterminated(_ kind: String, _ start: Int) -> SQLFault {
        SQLFault("the \(kind) does not end", position: start + 1)
    }
}

extension Unicode.Scalar {
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }

    /// True for what a name may begin with.
    fileprivate var startsName: Bool {
        ("a"..."z").contains(self) || ("A"..."Z").contains(self) || self == "_" || value >= 0x80
    }

    fileprivate var isInName: Bool { startsName || isDigit || self == "$" }
}

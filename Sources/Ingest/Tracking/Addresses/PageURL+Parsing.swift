import Analytics

extension PageURL {
    /// Reads an address with any scheme and `//`, such as `https://example.com/a` or `app://start`, one that begins with
    /// `//`, or a path, which begins with `/`.
    ///
    /// Blanks around it are dropped, and so are user and port. An invalid host is none. Nil for other texts, such as
    /// `about:blank`, and for those with control characters.
    package init?(parsing text: String) {
        self.init(text.utf8Span.span)
    }

    private init?(_ text: Span<UInt8>) {
        let bytes = text.extracting(text.rangeWithoutBlanks)
        for index in bytes.indices where bytes.isControl(at: index) { return nil }
        let schemeEnd = bytes.schemeEnd
        let start = schemeEnd.map { $0 + 1 } ?? 0
        let hasAuthority = bytes.extracting(start..<min(start + 2, bytes.count)).equals("//")
        // A path needs a slash; what has a scheme needs two.
        guard hasAuthority || (schemeEnd == nil && !bytes.isEmpty && bytes[0] == UInt8(ascii: "/")) else { return nil }
        let pathStart = hasAuthority ? bytes.index(from: start + 2) { "/?#".utf8.contains($0) } : start
        let queryStart = bytes.index(from: pathStart) { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }
        let fragmentStart = bytes.index(from: queryStart) { $0 == UInt8(ascii: "#") }
        guard let path = bytes.extracting(pathStart..<queryStart).text,
            let query = bytes.extracting(min(queryStart + 1, fragmentStart)..<fragmentStart).text,
            let fragment = bytes.extracting(min(fragmentStart + 1, bytes.count)..<bytes.count).text
        else { return nil }
        self.init(
            scheme: schemeEnd.flatMap { bytes.extracting(0..<$0).text?.lowercased() },
            host: hasAuthority ? bytes.extracting(start + 2..<pathStart).hostOfAuthority : nil,
            rawPath: path,
            rawQuery: query,
            rawFragment: fragment
        )
    }
}

extension Span<UInt8> {
    /// The range between the spaces and line breaks at both ends.
    fileprivate var rangeWithoutBlanks: Range<Int> {
        var start = 0
        var end = count
        while start < end, self[start].isBlank { start += 1 }
        while end > start, self[end - 1].isBlank { end -= 1 }
        return start..<end
    }

    /// The index of the colon behind a scheme at the start; nil without one.
    fileprivate var schemeEnd: Int? {
        guard !isEmpty, (0x61...0x7A).contains(self[0] | 0x20) else { return nil }
        let end = index(from: 0) { !$0.isSchemeByte }
        return end < count && self[end] == UInt8(ascii: ":") ? end : nil
    }

    /// The first index from a start on whose byte fits, or the count.
    fileprivate func index(from start: Int, where fits: (UInt8) -> Bool) -> Int {
        var index = start
        while index < count, !fits(self[index]) { index += 1 }
        return index
    }

    /// True for a control character of ASCII or, in UTF-8, of Latin 1 at an index.
    func isControl(at index: Int) -> Bool {
        let byte = self[index]
        if byte < 0x20 || byte == 0x7F { return true }
        return byte == 0xC2 && index + 1 < count && self[index + 1] < 0xA0
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == 0x20 || (0x09...0x0D).contains(self) }

    fileprivate var isSchemeByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}

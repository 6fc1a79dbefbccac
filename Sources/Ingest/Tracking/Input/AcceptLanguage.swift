/// The header `Accept-Language`: languages with the qualities that a browser gives them.
package enum AcceptLanguage {
    /// Finds the language of the highest quality, of equal ones the first; nil if there is none.
    ///
    /// Left out are `*`, languages with a quality of 0 or an invalid one, and texts that are no tags.
    package static func preferred(_ header: Span<UInt8>) -> LanguageTag? {
        var best: (tag: LanguageTag, quality: Int)?
        var start = 0
        while start < header.count {
            var end = start
            while end < header.count, header[end] != UInt8(ascii: ",") { end += 1 }
            let entry = header.extracting(start..<end)
            start = end + 1
            guard let quality = entry.quality, quality > best?.quality ?? 0 else { continue }
            if let tag = LanguageTag(parsing: entry.extracting(entry.range(upTo: entry.indexOfParameters))) {
                best = (tag, quality)
            }
        }
        return best?.tag
    }
}

extension Span<UInt8> {
    /// The index of the first `;`, or the count.
    fileprivate var indexOfParameters: Int {
        var index = 0
        while index < count, self[index] != UInt8(ascii: ";") { index += 1 }
        return index
    }

    /// The range up to an index without the spaces and tabs at both ends.
    fileprivate func range(upTo limit: Int) -> Range<Int> {
        var (start, end) = (0, limit)
        while start < end, self[start] == 0x20 || self[start] == 0x09 { start += 1 }
        while end > start, self[end - 1] == 0x20 || self[end - 1] == 0x09 { end -= 1 }
        return start..<end
    }

    /// The quality of an entry in thousandths, 1 000 without a parameter; nil for an invalid one.
    fileprivate var quality: Int? {
        let parameters = extracting(Swift.min(indexOfParameters + 1, count)..<count)
        guard indexOfParameters < count else { return 1_000 }
        let text = parameters.extracting(parameters.range(upTo: parameters.count))
        guard text.count >= 3, text[0] | 0x20 == UInt8(ascii: "q"), text[1] == UInt8(ascii: "=") else { return nil }
        return text.extracting(2..<text.count).thousandths
    }

    /// The value of `0` or `1` with up to three decimals, in thousandths; nil for another text, and beyond 1.
    private var thousandths: Int? {
        guard (1...5).contains(count), self[0] == 0x30 || self[0] == 0x31 else { return nil }
        guard count == 1 || self[1] == UInt8(ascii: ".") else { return nil }
        var value = Int(self[0] - 0x30)
        for place in 0..<3 {
            let index = place + 2
            let digit = index < count ? self[index] : 0x30
            guard (0x30...0x39).contains(digit) else { return nil }
            value = value * 10 + Int(digit - 0x30)
        }
        return value <= 1_000 ? value : nil
    }
}

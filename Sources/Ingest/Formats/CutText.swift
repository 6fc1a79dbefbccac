extension String {
    /// The text up to a number of bytes of UTF-8, cut between characters.
    ///
    /// Only a character that is longer than that itself is cut, between its Unicode scalars.
    func cut(toBytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = utf8.index(startIndex, offsetBy: limit)
        while end > startIndex, utf8[end] & 0xC0 == 0x80 { end = utf8.index(before: end) }
        return cut(beforeScalarAt: end)
    }

    /// The text up to a number of characters (Unicode scalars), cut as by `cut(toBytes:)`.
    func cut(toCharacters limit: Int) -> String {
        // No text has more characters than bytes.
        guard utf8.count > limit, let end = scalarIndex(limit) else { return self }
        return cut(beforeScalarAt: end)
    }

    /// True if the text has more characters (Unicode scalars) than a number.
    func isLonger(thanCharacters limit: Int) -> Bool {
        utf8.count > limit && scalarIndex(limit) != nil
    }

    /// The index of a scalar; nil if there are not so many.
    private func scalarIndex(_ offset: Int) -> Index? {
        guard let index = unicodeScalars.index(startIndex, offsetBy: offset, limitedBy: endIndex) else { return nil }
        return index < endIndex ? index : nil
    }

    private func cut(beforeScalarAt end: Index) -> String {
        // The last character with the scalar that is cut off begins before it, unless it is a character of its own.
        let longer = self[..<unicodeScalars.index(after: end)]
        let last = longer.index(before: longer.endIndex)
        return String(self[..<(last > startIndex ? last : end)])
    }
}

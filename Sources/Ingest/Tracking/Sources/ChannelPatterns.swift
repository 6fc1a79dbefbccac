// The patterns of channels, of texts in lower case: written out, as patterns may take long for texts from outside.
extension String {
    /// True for the medium of something that is paid for: with `cp`, as in `cpc`, with `paid` at the start, or one of
    /// two words.
    var isPaidMedium: Bool {
        holds("cp") || hasPrefix("paid") || self == "ppc" || self == "retargeting"
    }

    /// True for a campaign with `shopping`, or with `shop` that no letter but an `e` stands before.
    var isShoppingCampaign: Bool {
        if holds("shopping") { return true }
        let bytes = utf8Span.span
        var start = 0
        while let found = bytes.index(of: "shop", from: start) {
            if found == 0 { return true }
            let before = bytes[found - 1]
            if before == UInt8(ascii: "e") || !(0x61...0x7A).contains(before) { return true }
            start = found + 1
        }
        return false
    }

    /// True for a source or a medium that names letters to many.
    var isOfEmail: Bool {
        holds("email") || holds("e-mail") || holds("e_mail") || holds("e mail") || holds("newsletter")
    }

    /// True if another text is part of the text, by bytes.
    func holds(_ part: String) -> Bool {
        utf8Span.span.index(of: part, from: 0) != nil
    }
}

extension Span<UInt8> {
    /// The first index from a start on at which the bytes are those of a text, which is not empty.
    fileprivate func index(of part: String, from start: Int) -> Int? {
        let part = part.utf8.span
        var index = start
        while index + part.count <= count {
            var length = 0
            while length < part.count, self[index + length] == part[length] { length += 1 }
            if length == part.count { return index }
            index += 1
        }
        return nil
    }
}

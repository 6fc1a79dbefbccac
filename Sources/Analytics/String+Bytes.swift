extension String {
    /// True if both texts have the same bytes.
    ///
    /// Swift takes `é` as one scalar and as two for equal, and so hashes them alike; the database does not.
    func hasBytes(of other: String) -> Bool {
        let (first, second) = (utf8Span, other.utf8Span)
        // ASCII has one form only, and is compared many bytes at a time.
        if first.isKnownASCII, second.isKnownASCII { return self == other }
        guard first.count == second.count else { return false }
        let (bytes, others) = (first.span, second.span)
        for index in bytes.indices where bytes[index] != others[index] { return false }
        return true
    }
}

extension String? {
    /// True if both texts have the same bytes, or both are missing.
    func hasBytes(of other: String?) -> Bool {
        switch (self, other) {
        case (nil, nil): true
        case (let one?, let other?): one.hasBytes(of: other)
        default: false
        }
    }
}

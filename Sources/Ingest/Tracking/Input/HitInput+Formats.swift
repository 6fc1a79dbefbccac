package import Analytics

extension HitInput {
    /// Reads a text that is one JSON object.
    ///
    /// Unknown fields are ignored, the first of a repeated field counts, null is a missing field, and a number is taken
    /// as the text of its digits.
    ///
    /// - Parameter bytes: The text, without a byte order mark.
    /// - Throws: A `Rejection` with the field to blame, the body if it is no JSON object.
    package init(json bytes: Span<UInt8>) throws(Rejection) {
        var scanner = JSONScanner(position: 0, end: bytes.count)
        let fields: HitFields = try scanner.only(in: bytes)
        try self.init(fields, in: bytes)
    }

    /// Reads a query string or a form body, in which `props.NAME` is a property.
    ///
    /// - Parameter bytes: The text.
    /// - Throws: A `Rejection` with the field to blame.
    package init(form bytes: Span<UInt8>) throws(Rejection) {
        try self.init(HitFields(form: bytes), in: bytes)
    }
}

package import Analytics

/// Lends the decoded bytes of a value, copied only if the value is encoded.
package func decoding<R>(
    _ value: FieldValue?,
    _ field: Rejection.Field,
    in bytes: Span<UInt8>,
    _ body: (Span<UInt8>) throws(Rejection) -> R
) throws(Rejection) -> R {
    guard let value else { throw Rejection(field, .missing) }
    let written = bytes.extracting(value.range)
    if value.coding == .plain { return try body(written) }
    let decoded = try decode(written, value.coding, field)
    let result = try body(decoded.span)
    return result
}

private func decode(
    _ written: Span<UInt8>,
    _ coding: FieldValue.Coding,
    _ field: Rejection.Field
) throws(Rejection) -> [UInt8] {
    let decoded: [UInt8]?
    switch coding {
    case .plain, .number, .notText: throw Rejection(field, .notText)
    case .csv: return unquotingCSV(written)
    case .form: decoded = percentDecoding(written)
    case .json: decoded = unescapingJSON(written)
    }
    guard let decoded else {
        throw Rejection(field, coding == .form ? .invalidPercentEncoding : .invalidUTF8)
    }
    return decoded
}

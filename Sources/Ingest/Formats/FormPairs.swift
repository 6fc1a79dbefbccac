/// Calls `body` for each `key=value` pair of a query string or form body, with the key decoded and the value not.
package func forEachPair(of query: Span<UInt8>, _ body: (_ key: Span<UInt8>, FieldValue) -> Void) {
    var start = 0
    while start < query.count {
        var equals: Int?
        var end = start
        var isPlain = true
        while end < query.count, query[end] != UInt8(ascii: "&") {
            switch query[end] {
            case UInt8(ascii: "="): equals = equals ?? end
            case UInt8(ascii: "%"), UInt8(ascii: "+"): isPlain = false
            default: break
            }
            end += 1
        }
        let value = FieldValue(min((equals ?? end) + 1, end)..<end, isPlain ? .plain : .form)
        let key = query.extracting(start..<(equals ?? end))
        if isPlain {
            body(key, value)
        } else if let decoded = percentDecoding(key) {
            body(decoded.span, value)
        }
        start = end + 1
    }
}

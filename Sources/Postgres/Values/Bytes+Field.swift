/// Values preceded by their length, as in arrays and in rows of a COPY.
///
/// Other modules call non-generic functions that wrap these: a generic function of another module looks its types up at
/// run time, too slow for millions of values.
extension [UInt8] {
    mutating func appendField(_ value: some FixedWidthInteger & PostgresEncodable) {
        Int32(value.bitWidth / 8).encode(into: &self)
        value.encode(into: &self)
    }

    mutating func appendField(_ value: String) {
        Int32(truncatingIfNeeded: value.utf8.count).encode(into: &self)
        value.encode(into: &self)
    }

    /// Appends any value, or NULL.
    mutating func appendField(_ value: (some PostgresEncodable)?) {
        guard let value else { return Int32(-1).encode(into: &self) }
        let start = count
        Int32(0).encode(into: &self)
        value.encode(into: &self)
        var length = UInt32(truncatingIfNeeded: count - start - 4)
        for index in stride(from: start + 3, through: start, by: -1) {
            self[index] = UInt8(truncatingIfNeeded: length)
            length >>= 8
        }
    }
}

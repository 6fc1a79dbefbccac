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
}

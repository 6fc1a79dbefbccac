/// Values with their length before them, as they stand in arrays and in rows of a COPY.
///
/// Other modules reach these through functions of one type each, because there are millions of values: of a generic one
/// in another module, the types would be looked up at run time for each.
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

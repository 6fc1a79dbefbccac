extension PostgresDecodable {
    /// Reads an array of one dimension.
    ///
    /// NULLs in it are read as `nil` by an optional type, and refused by any other.
    package static func elements(
        postgres bytes: UnsafeRawBufferPointer?
    ) throws(PostgresDecodingError) -> [Self] {
        guard let bytes else { throw PostgresDecodingError(reason: "not an array") }
        var reader = BinaryReader(bytes)
        let dimensions = try reader.read(Int32.self)
        // True if there are NULLs, and the type of the elements.
        _ = (try reader.read(Int32.self), try reader.read(UInt32.self))
        guard 0...1 ~= dimensions else { throw PostgresDecodingError(reason: "not an array of one dimension") }
        guard dimensions == 1 else { return [] }
        // The number of elements, and the index of the first.
        let count = (try reader.read(Int32.self), try reader.read(Int32.self)).0
        var elements: [Self] = []
        for _ in 0..<max(count, 0) {
            let length = try reader.read(Int32.self)
            elements.append(try Self(postgres: length == -1 ? nil : try reader.read(count: Int(length))))
        }
        guard reader.count == 0 else { throw PostgresDecodingError(reason: "not an array") }
        return elements
    }
}

extension Array: PostgresDecodable where Element: PostgresDecodable {
    /// Reads an array of one dimension, or a bytea into bytes.
    package init(postgres bytes: UnsafeRawBufferPointer?) throws(PostgresDecodingError) {
        self = try Element.elements(postgres: bytes)
    }
}

extension UInt8: PostgresDecodable {
    /// Reads a `"char"`.
    package init(postgres bytes: UnsafeRawBufferPointer?) throws(PostgresDecodingError) {
        guard let byte = bytes?.first, bytes?.count == 1 else { throw PostgresDecodingError(reason: "not a byte") }
        self = byte
    }

    /// Reads a bytea.
    package static func elements(
        postgres bytes: UnsafeRawBufferPointer?
    ) throws(PostgresDecodingError) -> [UInt8] {
        guard let bytes else { throw PostgresDecodingError(reason: "not bytes") }
        return Array(bytes)
    }
}

extension Array: PostgresEncodable where Element == UInt8 {
    /// Appends a bytea.
    package func encode(into bytes: inout [UInt8]) { bytes += self }
}

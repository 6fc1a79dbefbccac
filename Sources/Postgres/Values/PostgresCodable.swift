package import FoundationEssentials

/// A value that can be sent in PostgreSQL's binary format.
package protocol PostgresEncodable: Sendable {
    /// Appends the value without its length.
    func encode(into bytes: inout [UInt8])
}

/// A value that can be read from PostgreSQL's binary format.
package protocol PostgresDecodable {
    /// Reads the value from bytes that are valid during the call only; nil is NULL.
    init(postgres bytes: UnsafeRawBufferPointer?) throws(PostgresDecodingError)

    /// Reads an array of such values, as `init` reads one.
    static func elements(postgres bytes: UnsafeRawBufferPointer?) throws(PostgresDecodingError) -> [Self]
}

extension FixedWidthInteger where Self: Sendable {
    /// Appends the integer in network byte order.
    package func encodeBigEndian(into bytes: inout [UInt8]) {
        withUnsafeBytes(of: bigEndian) { bytes.append(contentsOf: $0) }
    }
}

extension Int: PostgresEncodable {
    package func encode(into bytes: inout [UInt8]) { encodeBigEndian(into: &bytes) }
}

extension Int32: PostgresEncodable {
    package func encode(into bytes: inout [UInt8]) { encodeBigEndian(into: &bytes) }
}

extension Int16: PostgresEncodable {
    package func encode(into bytes: inout [UInt8]) { encodeBigEndian(into: &bytes) }
}

extension String: PostgresEncodable {
    package func encode(into bytes: inout [UInt8]) { bytes.append(contentsOf: utf8) }
}

extension Bool: PostgresEncodable {
    package func encode(into bytes: inout [UInt8]) { bytes.append(self ? 1 : 0) }
}

extension Double: PostgresEncodable {
    /// Appends a double precision.
    package func encode(into bytes: inout [UInt8]) { bitPattern.encodeBigEndian(into: &bytes) }
}

extension UUID: PostgresEncodable {
    package func encode(into bytes: inout [UInt8]) {
        withUnsafeBytes(of: uuid) { bytes.append(contentsOf: $0) }
    }
}

extension Int: PostgresDecodable {
    /// Reads a smallint, integer or bigint.
    package init(postgres bytes: UnsafeRawBufferPointer?) throws(PostgresDecodingError) {
        switch bytes?.count {
        case 2: self = Int(Int16(bigEndian: try load(bytes)))
        case 4: self = Int(Int32(bigEndian: try load(bytes)))
        case 8: self = Int(Int64(bigEndian: try load(bytes)))
        default: throw PostgresDecodingError(reason: "not an integer")
        }
    }
}

extension Bool: PostgresDecodable {
    package init(postgres bytes: UnsafeRawBufferPointer?) throws(PostgresDecodingError) {
        let byte: UInt8 = try load(bytes)
        self = byte != 0
    }
}

extension String: PostgresDecodable {
    package init(postgres bytes: UnsafeRawBufferPointer?) throws(PostgresDecodingError) {
        guard let bytes, let text = String(validating: bytes, as: UTF8.self) else {
            throw PostgresDecodingError(reason: "not a text")
        }
        self = text
    }
}

extension Double: PostgresDecodable {
    /// Reads a real or double precision.
    package init(postgres bytes: UnsafeRawBufferPointer?) throws(PostgresDecodingError) {
        switch bytes?.count {
        case 4: self = Double(Float(bitPattern: UInt32(bigEndian: try load(bytes))))
        case 8: self = Double(bitPattern: UInt64(bigEndian: try load(bytes)))
        default: throw PostgresDecodingError(reason: "not a floating-point number")
        }
    }
}

extension UUID: PostgresDecodable {
    package init(postgres bytes: UnsafeRawBufferPointer?) throws(PostgresDecodingError) {
        guard let bytes, bytes.count == MemoryLayout<uuid_t>.size else {
            throw PostgresDecodingError(reason: "not a UUID")
        }
        self.init(uuid: bytes.loadUnaligned(as: uuid_t.self))
    }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    package init(postgres bytes: UnsafeRawBufferPointer?) throws(PostgresDecodingError) {
        guard let bytes else {
            self = nil
            return
        }
        self = try Wrapped(postgres: bytes)
    }
}

private func load<Value: FixedWidthInteger>(
    _ bytes: UnsafeRawBufferPointer?
) throws(PostgresDecodingError) -> Value {
    guard let bytes, bytes.count == MemoryLayout<Value>.size else {
        throw PostgresDecodingError(reason: "not a value of \(MemoryLayout<Value>.size) bytes")
    }
    return bytes.loadUnaligned(as: Value.self)
}

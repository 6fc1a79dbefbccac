/// Reads the fields of a value in PostgreSQL's binary format, one after the other.
///
/// Every read is checked against the number of bytes that are left, so damaged bytes give an error and nothing else.
struct BinaryReader {
    private var rest: UnsafeRawBufferPointer

    /// Makes a reader of bytes that must stay valid for as long as it is used.
    init(_ bytes: UnsafeRawBufferPointer) {
        self.rest = bytes
    }

    /// The number of bytes that are left.
    var count: Int { rest.count }

    /// Reads an integer in network byte order.
    mutating func read<Value: FixedWidthInteger>(_: Value.Type) throws(PostgresDecodingError) -> Value {
        Value(bigEndian: try read(count: MemoryLayout<Value>.size).loadUnaligned(as: Value.self))
    }

    /// Lends the next bytes, valid for as long as the reader's.
    mutating func read(count: Int) throws(PostgresDecodingError) -> UnsafeRawBufferPointer {
        guard 0...rest.count ~= count else { throw PostgresDecodingError(reason: "a value that ends too early") }
        defer { rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count)) }
        return UnsafeRawBufferPointer(rebasing: rest.prefix(count))
    }
}

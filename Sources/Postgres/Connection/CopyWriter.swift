import CPostgres

/// Writes the rows of a COPY in PostgreSQL's binary format (PostgreSQL manual, COPY, "Binary Format").
package struct CopyWriter: ~Copyable {
    /// The size at which buffered rows are handed to libpq, in bytes.
    private static let chunk = 64 * 1024
    private static let signature: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00]

    private let connection: OpaquePointer
    private let columns: Int16
    private var buffer: [UInt8] = []

    init(_ connection: OpaquePointer, columns: Int) {
        self.connection = connection
        self.columns = Int16(columns)
        buffer.reserveCapacity(Self.chunk + 1024)
        buffer += Self.signature
        // No flags, no extension of the header.
        for field: Int32 in [0, 0] { field.encode(into: &buffer) }
    }

    /// Appends a row; its values are in the order of the columns.
    package mutating func row<each Value: PostgresEncodable>(_ value: repeat (each Value)?) throws(PostgresError) {
        beginRow()
        repeat buffer.appendField(each value)
        try endRow()
    }

    /// Begins a row whose values are appended one by one, as many as there are columns.
    ///
    /// Faster than `row`, which looks up the type of each value at run time; use it for millions of rows.
    package mutating func beginRow() {
        columns.encode(into: &buffer)
    }

    package mutating func endRow() throws(PostgresError) {
        if buffer.count >= Self.chunk { try flush() }
    }

    /// Appends a bigint, or a timestamptz in microseconds since 2000-01-01T00:00:00Z.
    package mutating func append(_ value: Int) {
        buffer.appendField(value)
    }

    /// Appends an integer.
    package mutating func append(_ value: Int32) {
        buffer.appendField(value)
    }

    /// Appends a smallint.
    package mutating func append(_ value: Int16) {
        buffer.appendField(value)
    }

    /// Appends a text.
    package mutating func append(_ value: String) {
        buffer.appendField(value)
    }

    /// Appends NULL.
    package mutating func appendNull() {
        Int32(-1).encode(into: &buffer)
    }

    /// Appends a value of any type, or NULL.
    package mutating func append(optional value: (some PostgresEncodable)?) {
        buffer.appendField(value)
    }

    private mutating func flush() throws(PostgresError) {
        let sent = buffer.withUnsafeBytes { bytes in
            PQputCopyData(connection, bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count))
        }
        guard sent == 1 else { throw PostgresError(connection: connection) }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Sends the rest of the buffer and the end of the data.
    ///
    /// The rows are stored only when the server has answered without an error.
    mutating func finish() throws(PostgresError) {
        Int16(-1).encode(into: &buffer)
        try flush()
        guard PQputCopyEnd(connection, nil) == 1 else { throw PostgresError(connection: connection) }
    }

    /// Makes the server discard the rows that were sent.
    func abort() {
        _ = PQputCopyEnd(connection, "given up by the client")
    }
}

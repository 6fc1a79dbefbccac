import FoundationEssentials
import Testing

@testable import Postgres

/// A value that the server can be asked to return.
protocol Echoed: PostgresEncodable, PostgresDecodable, Equatable {
    /// The name of its type in PostgreSQL.
    static var type: String { get }
}

extension Double: Echoed { static let type = "double precision" }
extension Date: Echoed { static let type = "timestamptz" }
extension UUID: Echoed { static let type = "uuid" }
extension PostgresNumeric: Echoed { static let type = "numeric" }
extension PostgresDate: Echoed { static let type = "date" }
extension PostgresTimestamp: Echoed { static let type = "timestamptz" }
extension PostgresJSON: Echoed { static let type = "jsonb" }
extension [UInt8]: Echoed { static let type = "bytea" }

/// A value as the server returns it, and as it writes it.
struct Echo<Value: Echoed>: Statement {
    static var sql: String { "SELECT $1::\(Value.type), $1::\(Value.type)::text" }
    let value: Value?
    var parameters: Parameters { Parameters(value) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> (value: Value?, text: String?) {
        try row.decode((Value?, String?).self)
    }
}

/// A value that the server reads from a text.
struct Read<Value: Echoed & Sendable>: Statement {
    static var sql: String { "SELECT $1::text::\(Value.type)" }
    let text: String
    var parameters: Parameters { Parameters(text) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Value {
        try row.decode(Value.self)
    }
}

extension Connection {
    /// The value and the text that the server returns for a value.
    func echo<Value: Echoed>(_ value: Value) throws -> (value: Value?, text: String?) {
        try #require(try perform(Echo(value: value)).first)
    }
}

extension PostgresDecodable {
    /// Reads bytes, as if the server had sent them.
    static func decoded(_ bytes: [UInt8]?) throws(PostgresDecodingError) -> Self {
        guard let bytes else { return try unsafe Self(postgres: nil) }
        let result = unsafe bytes.withUnsafeBytes { buffer in
            Result { () throws(PostgresDecodingError) in try unsafe Self(postgres: buffer) }
        }
        return try result.get()
    }
}

extension PostgresEncodable {
    var encoded: [UInt8] {
        var bytes: [UInt8] = []
        encode(into: &bytes)
        return bytes
    }
}

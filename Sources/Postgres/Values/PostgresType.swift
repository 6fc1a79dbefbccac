/// A type of PostgreSQL; the raw value is its oid (`pg_type.dat` of PostgreSQL).
package struct PostgresType: RawRepresentable, Hashable, Sendable, ExpressibleByIntegerLiteral {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }
    package init(integerLiteral value: UInt32) { self.rawValue = value }

    package static let boolean: PostgresType = 16
    package static let bytea: PostgresType = 17
    /// The type `"char"`, of one byte.
    package static let char: PostgresType = 18
    package static let name: PostgresType = 19
    package static let bigint: PostgresType = 20
    package static let smallint: PostgresType = 21
    package static let integer: PostgresType = 23
    package static let text: PostgresType = 25
    package static let oid: PostgresType = 26
    package static let json: PostgresType = 114
    package static let real: PostgresType = 700
    package static let double: PostgresType = 701
    /// The type `character(n)`.
    package static let character: PostgresType = 1042
    package static let varchar: PostgresType = 1043
    package static let date: PostgresType = 1082
    package static let timestamp: PostgresType = 1114
    package static let timestamptz: PostgresType = 1184
    package static let interval: PostgresType = 1186
    package static let numeric: PostgresType = 1700
    package static let uuid: PostgresType = 2950
    package static let jsonb: PostgresType = 3802

    /// The type of the elements of an array; nil if this is no array, or one of a type that is not listed here.
    var element: PostgresType? {
        switch rawValue {
        case 199: .json
        case 1_000: .boolean
        case 1_001: .bytea
        case 1_002: .char
        case 1_003: .name
        case 1_005: .smallint
        case 1_007: .integer
        case 1_009: .text
        case 1_014: .character
        case 1_015: .varchar
        case 1_016: .bigint
        case 1_021: .real
        case 1_022: .double
        case 1_028: .oid
        case 1_115: .timestamp
        case 1_182: .date
        case 1_185: .timestamptz
        case 1_187: .interval
        case 1_231: .numeric
        case 2_951: .uuid
        case 3_807: .jsonb
        default: nil
        }
    }
}

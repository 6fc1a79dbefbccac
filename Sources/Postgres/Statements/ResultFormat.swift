/// The form of the values of a result; the raw value is libpq's number for it.
package enum ResultFormat: Int32, Sendable {
    /// Texts as PostgreSQL writes them, for columns of any type.
    case text = 0
    /// PostgreSQL's binary format, for columns whose types are known.
    case binary = 1
}

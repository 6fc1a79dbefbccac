/// A value came back in a shape that its Swift type cannot take: a mistake in a statement, not in the data.
package struct PostgresDecodingError: Error, Sendable {
    package let reason: String

    package init(reason: String) {
        self.reason = reason
    }
}

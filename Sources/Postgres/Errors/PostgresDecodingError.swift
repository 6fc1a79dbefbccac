/// A value that does not fit its Swift type: a mistake in a statement, not in the data.
package struct PostgresDecodingError: Error, Sendable {
    package let reason: String

    package init(reason: String) {
        self.reason = reason
    }
}

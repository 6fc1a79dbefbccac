/// A value that can be chosen, and how it is shown.
package struct Choice: Sendable, Hashable {
    package let value: String
    package let label: String
    package let hint: String?

    /// - Parameters:
    ///   - value: The value that the form sends.
    ///   - label: The text that is shown.
    ///   - hint: What the choice means.
    package init(_ value: String, _ label: String, hint: String? = nil) {
        self.value = value
        self.label = label
        self.hint = hint
    }

    /// A value that is shown as it is.
    package init(_ value: String) { self.init(value, value) }
}

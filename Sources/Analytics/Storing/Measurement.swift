/// A number that a store counts or measures, for `/metrics`.
///
/// Measurements of one name have the same help and kind, and differ in their labels.
package struct Measurement: Sendable {
    package enum Kind: String, Sendable {
        /// A number that only grows while the process runs.
        case counter
        case gauge
    }

    package let name: String
    /// One line that says what is measured, with its unit.
    package let help: String
    package let kind: Kind
    package let labels: [(name: String, value: String)]
    package let value: Double

    package init(
        _ name: String,
        _ help: String,
        _ kind: Kind = .gauge,
        labels: [(name: String, value: String)] = [],
        value: Double
    ) {
        self.name = name
        self.help = help
        self.kind = kind
        self.labels = labels
        self.value = value
    }
}

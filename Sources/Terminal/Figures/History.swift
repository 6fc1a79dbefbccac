/// The last values of a figure, for a chart.
struct History: Sendable {
    /// The most values that are kept: two for each column of a wide screen.
    private static let longest = 600

    private(set) var values: [Double] = []

    /// Adds a value; one that is missing leaves no gap.
    mutating func note(_ value: Double?) {
        guard let value else { return }
        values.append(value)
        if values.count > Self.longest { values.removeFirst(values.count - Self.longest) }
    }
}

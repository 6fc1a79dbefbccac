/// An axis from zero with four lines.
struct ChartScale {
    /// The value of the highest line.
    let top: Int

    private static let intervals = 3

    /// - Parameter greatest: The greatest value, at least 0.
    init(_ greatest: Int) {
        let needed = max(1, (greatest + Self.intervals - 1) / Self.intervals)
        var power = 1
        while needed / power >= 10 { power *= 10 }
        let digit = [1, 2, 3, 4, 5, 6, 8].first { $0 * power >= needed } ?? 10
        top = digit * power * Self.intervals
    }

    /// The values of the lines, from the highest to zero.
    var lines: [Int] { (0...Self.intervals).map { top / Self.intervals * (Self.intervals - $0) } }

    /// The share of the height above a value.
    func above(_ value: Int) -> Double { 1 - Double(value) / Double(top) }
}

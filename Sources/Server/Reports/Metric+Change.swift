import Analytics

extension Metric {
    /// The change in whole per cent of the old value; of rates in points, of bounces in whole ones.
    ///
    /// - Parameters:
    ///   - old: The value of the period before.
    ///   - new: The value.
    /// - Returns: The change; nil where there was nothing to compare with.
    func change(from old: Report.Value, to new: Report.Value) -> Report.Value? {
        guard let before = old.amount, let now = new.amount else { return nil }
        switch self {
        case .bounceRate: return before > 0 ? .count(Int((now - before).rounded())) : nil
        case .conversionRate, .groupConversionRate: return .real(((now - before) * 10).rounded() / 10)
        case .value: return nil
        default: break
        }
        if before == 0 { return .count(now > 0 ? 100 : 0) }
        return .count(Int(((now - before) / before * 100).rounded()))
    }
}

extension Report.Value {
    /// The number of a value; sums of several currencies have none.
    fileprivate var amount: Double? {
        switch self {
        case .count(let count): Double(count)
        case .real(let number): number
        case .money(let money): Double(money.millionths) / 1_000_000
        case .none: 0
        case .amounts: nil
        }
    }
}

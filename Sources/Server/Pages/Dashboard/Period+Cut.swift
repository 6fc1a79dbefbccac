import Analytics

extension Period {
    /// The part of a time before that is as long as the part of a period that is over.
    ///
    /// - Parameters:
    ///   - period: The period with which it is compared.
    ///   - now: The present moment.
    /// - Returns: The part; all of it if the period is over.
    func cut(to period: Period, at now: Timestamp) -> Period {
        guard period.contains(now) else { return self }
        let elapsed = now.milliseconds - period.start.milliseconds
        let last = start.advanced(by: .milliseconds(elapsed))
        return Period(from: start, to: min(end, last)) ?? self
    }
}

package import Analytics

/// The hits from which an answer about journeys was counted.
package struct AnswerSource: Sendable {
    /// The time zone of the dates (IANA).
    let zone: String
    /// The moment up to which hits are counted.
    let asOf: Timestamp
    private let coverage: Coverage

    /// - Parameters:
    ///   - zone: The time zone of the dates (IANA).
    ///   - asOf: The moment up to which hits are counted.
    ///   - coverage: The hits that are counted in a way of their own.
    package init(zone: String, asOf: Timestamp, coverage: Coverage) {
        self.zone = zone
        self.asOf = asOf
        self.coverage = coverage
    }

    var remarks: [String] {
        var remarks: [String] = []
        if coverage.countsDatedVisitors {
            remarks.append("Some visitors are known for a day alone: on another day they are somebody else.")
        }
        if coverage.hitsWithoutVisitor > 0 { remarks.append("Some hits have no visitor, and count for nobody.") }
        return remarks
    }
}

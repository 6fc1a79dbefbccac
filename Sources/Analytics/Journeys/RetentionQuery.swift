/// A question about the visitors who come again in later days, weeks or months of a period.
package struct RetentionQuery: Hashable, Sendable {
    /// The hits that count, which are divided by time: those of the period that pass the filters.
    package var selection: Query
    /// The unit of cohorts: a visitor belongs to the one in which their first hit of the period lies.
    package var unit: TimeUnit
    /// The act that makes a visitor one of a cohort; nil for any hit other than engagement.
    package var start: Goal?
    /// The act by which a visitor comes again; nil for any hit other than engagement.
    package var comeback: Goal?

    /// - Parameters:
    ///   - selection: The hits that count; its dimensions are replaced.
    ///   - unit: One of `units`.
    ///   - start: The act that makes a visitor one of a cohort.
    ///   - comeback: The act by which a visitor comes again.
    package init(_ selection: Query, by unit: TimeUnit, start: Goal? = nil, comeback: Goal? = nil) {
        self.selection = selection
        self.selection.dimensions = [.time(unit)]
        (self.unit, self.start, self.comeback) = (unit, start, comeback)
    }

    /// The units of cohorts.
    package static let units: [TimeUnit] = [.day, .week, .weekFromSunday, .month]
    /// The most cohorts.
    package static let mostCohorts = 60
}

import Columns

/// The parts of some days as they are since their last changes.
struct PartEdition: Sendable {
    private let histories: [Int: PartHistory]

    /// - Parameter histories: The last changes of each day, in days since 1970.
    init(histories: [Int: PartHistory]) { self.histories = histories }

    /// The number of the last change.
    ///
    /// Numbers only grow, so of the same days two editions have the same parts if they have the same number.
    var number: Int { histories.values.reduce(0) { max($0, $1.version) } }

    /// The number of the last change of each of some days.
    func versions(of days: ClosedRange<Int>) -> [Int: Int] {
        histories.filter { days.contains($0.key) }.mapValues(\.version)
    }

    /// The changes of days since others.
    ///
    /// - Parameter versions: The numbers of the others, by day.
    /// - Returns: The changes of each day, the last one last; nil if they are not known.
    func changes(since versions: [Int: Int]) -> [Int: [PartChange]]? {
        var changes: [Int: [PartChange]] = [:]
        for (day, version) in versions {
            guard let some = histories[day]?.changes(since: version) else { return nil }
            if !some.isEmpty { changes[day] = some }
        }
        return changes
    }
}

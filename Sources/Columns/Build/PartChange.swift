/// A change of a part, and what it takes to see what was before.
package struct PartChange: Sendable {
    /// The visitors who have other hits since, in ascending order.
    let visitors: [UInt64]
    /// True if there are other hits without a visitor since.
    let hasLoose: Bool
    /// The hits of the visitors before, and those without one if there are others since.
    let before: Part

    /// - Parameters:
    ///   - visitors: The visitors who get other hits, in ascending order.
    ///   - hasLoose: True if there will be other hits without a visitor.
    ///   - part: The part as it still is.
    init(of visitors: [UInt64], hasLoose: Bool, in part: Part) {
        self.visitors = visitors
        self.hasLoose = hasLoose
        before = part.slice(visitors, withLoose: hasLoose)
    }

    /// The memory that it takes, in bytes.
    package var bytes: Int { visitors.count * 8 + before.bytes }
}

extension Part {
    /// The part with some of its visitors as it was before changes of these.
    ///
    /// - Parameters:
    ///   - changes: The changes, the last one last.
    ///   - visitors: The visitors, among them those of the changes, in ascending order.
    /// - Returns: The part as it was, and as it is: with the hits without a visitor if there were other ones.
    func slices(over changes: [PartChange], _ visitors: [UInt64]) -> (before: Part, after: Part) {
        let after = slice(visitors, withLoose: changes.contains(where: \.hasLoose))
        let before = changes.reversed().reduce(after) { part, change in
            var splice = PartSplice(part, change.before)
            splice.addRuns(without: change.visitors)
            splice.addLoose { _ in !change.hasLoose }
            return splice.part()
        }
        return (before, after)
    }
}

/// The parts of some visitors before and after changes, side by side.
package struct ChangedTimelines: Sendable {
    package let before: Timeline
    package let after: Timeline

    /// As many visitors are always counted by themselves, and more if there are so many runs for each of them.
    private static let few = 1_000
    private static let share = 16

    /// Takes the parts of the visitors of changes out of others.
    ///
    /// - Parameters:
    ///   - timeline: The parts as they are.
    ///   - changes: The changes of each day, the last one last.
    ///   - workers: The threads of which one does it.
    /// - Returns: The parts; nil if so many visitors have changed that all of them are counted as soon.
    package static func slices(
        of timeline: Timeline,
        over changes: [Int: [PartChange]],
        by workers: ScanWorkers
    ) async -> ChangedTimelines? {
        let visitors = Set(changes.values.joined().flatMap(\.visitors)).sorted()
        let runs = timeline.parts.reduce(0) { $0 + $1.runs.count }
        guard visitors.count <= few + runs / share else { return nil }
        return await workers.run(by: 0) {
            let slices = timeline.parts.map { $0.slices(over: changes[$0.day] ?? [], visitors) }
            func side(_ parts: [Part]) -> Timeline {
                Timeline(parts.filter { $0.count > 0 }, timeline.lexicon, dates: timeline.dates)
            }
            return ChangedTimelines(before: side(slices.map(\.before)), after: side(slices.map(\.after)))
        }
    }
}

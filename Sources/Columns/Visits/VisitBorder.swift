package import Analytics

/// The visits that go on over the midnight (UTC) between two days.
///
/// No visit goes on over two, so those of a timeline are the runs of its parts but for those that are here.
package struct VisitBorder: Sendable {
    /// The day before the midnight, in days since 1970.
    let day: Int
    /// The runs of this day, and of the next, that are pieces of the visits; in ascending order.
    let runs: (before: [UInt32], after: [UInt32])
    /// The visits, each of which is one run with hits of both days; nil without any.
    let visits: Part?

    /// The gap that ends a visit, in milliseconds.
    private static let gap = 1_800_000

    /// - Parameters:
    ///   - part: The part of the day before the midnight.
    ///   - next: The part of the day after it.
    ///   - earlier: The part of the day before both; nil if that has no hits.
    ///   - lexicon: The texts of their codes.
    ///   - dates: The midnights in the zone of the site.
    package init(between part: Part, and next: Part, after earlier: Part?, _ lexicon: Lexicon, dates: DateBorders) {
        day = part.day
        let timeline = Timeline((earlier.map { [$0] } ?? []) + [part, next], lexicon, dates: dates, borders: [])
        let head = timeline.parts.count - 2
        let visits = timeline.visits(of: Self.visitors(of: part, and: next), goingOnFrom: head)
        runs = (
            visits.map { UInt32($0.head.run) },
            visits.flatMap { $0.others.map { UInt32($0.run) } }
        )
        self.visits = visits.isEmpty ? nil : timeline.part(of: visits, on: part.day)
    }

    /// The memory that it takes, in bytes.
    package var bytes: Int { (visits?.bytes ?? 0) + (runs.before.count + runs.after.count) * 4 }

    /// The visitors who have hits before and after a midnight with no more than the longest gap between them.
    private static func visitors(of part: Part, and next: Part) -> [UInt64] {
        var (visitors, run): ([UInt64], Int) = ([], 0)
        let times = part.hits.times
        for earlier in 0..<part.runs.count {
            let last = Int(times[part.hits(of: earlier).upperBound - 1]) - Part.length
            let visitor = part.runs.visitors[earlier]
            guard last >= -gap, visitors.last != visitor else { continue }
            while run < next.runs.count, next.runs.visitors[run] < visitor { run += 1 }
            guard run < next.runs.count else { break }
            if next.runs.visitors[run] == visitor, Int(next.hits.times[Int(next.runs.firsts[run])]) - last <= gap {
                visitors.append(visitor)
            }
        }
        return visitors
    }
}

extension Timeline {
    /// The visits of some visitors that start in a part and go on in the next.
    fileprivate func visits(of visitors: [UInt64], goingOnFrom head: Int) -> [ChainedVisit] {
        var (chained, visits): ([ChainedVisit], [ChainedVisit]) = ([], [])
        for visitor in visitors {
            derive(pieces(of: visitor), into: &visits)
            chained += visits.filter { $0.head.part == head && !$0.others.isEmpty }
        }
        return chained
    }

    private func pieces(of visitor: UInt64) -> [VisitorMerge.Piece] {
        parts.indices.compactMap { place in
            let runs = parts[place].runs.runs(of: visitor)
            return runs.isEmpty ? nil : VisitorMerge.Piece(part: place, runs: runs)
        }
    }

    /// A part that has some visits, each as one run.
    fileprivate func part(of visits: [ChainedVisit], on day: Int) -> Part {
        let kinds = lexicon.names.map { HitKind(name: $0 ?? "") }
        var columns = PartColumns(day: day, count: visits.count * 4)
        for visit in visits {
            for run in [visit.head] + visit.others {
                let part = parts[run.part]
                // The first hit alone has the place, the agent and the origin of the visit.
                let first = run == visit.head ? Int(part.runs.firsts[run.run]) : -1
                for hit in part.hits(of: run.run) {
                    var row = part.row(of: hit, first: first, at: run.run)
                    row.visitor = Visitor(rawValue: part.runs.visitors[run.run])
                    row.isDated = part.runs.isDated(run.run)
                    if let counted = CountedHit(row, kinds) { columns.append(counted, dates) }
                }
            }
        }
        return columns.part()
    }
}

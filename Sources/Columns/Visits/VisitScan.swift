package import Analytics

/// The pass over parts that finds single visits, day by day from the place of the question on.
package struct VisitScan: Sendable {
    private let query: VisitQuery
    /// The hits that count, in parts of which each run is a visit of its own.
    private let selection: HitSelection
    private let timeline: Timeline
    /// The runs of each part that are pieces of visits of others.
    private let skipped: [[UInt32]]
    /// The starts that visits may have, in milliseconds since 1970.
    private let starts: Range<Int>

    /// - Parameters:
    ///   - query: The question.
    ///   - selection: The hits that it counts.
    package init(_ query: VisitQuery, _ selection: HitSelection) {
        self.query = query
        self.selection = selection.ofWholeVisits
        timeline = self.selection.timeline
        skipped = selection.timeline.skipped
        let sides: Range<Int> =
            switch query.range {
            case .newest: Int.min..<Int.max
            case .before(let place): Int.min..<place.start.milliseconds + 1
            case .after(let place): place.start.milliseconds..<Int.max
            }
        starts = selection.range.clamped(to: sides)
    }

    /// Scans the parts by two threads.
    package func visits(by workers: ScanWorkers) async -> FoundVisits {
        var (found, others) = await workers.halves(of: 0...(.max)) { visitors, _ in self.visits(of: visitors) }
        found.add(others, for: query)
        return found
    }

    private func visits(of visitors: ClosedRange<UInt64>) -> FoundVisits {
        var nearest = NearestVisits(query)
        for parts in days where !nearest.isFull {
            for part in parts { take(part, visitors, &nearest) }
        }
        let visits = nearest.wanted.map { element in
            timeline.summary(of: ChainedVisit(element.place), by: element.key.visitor)
        }
        return FoundVisits(visits, hasMore: nearest.isFull)
    }

    /// The parts by the days on which their visits start, the day of the nearest ones first.
    private var days: [[Int]] {
        let wanted = timeline.parts.indices.filter { number in
            let start = timeline.parts[number].start
            return starts.overlaps(start..<start + Part.length)
        }
        let days = Dictionary(grouping: wanted) { timeline.parts[$0].day }.sorted { $0.key < $1.key }.map(\.value)
        return query.isAscending ? days : days.reversed()
    }

    private func take(_ number: Int, _ visitors: ClosedRange<UInt64>, _ nearest: inout NearestVisits) {
        let part = timeline.parts[number]
        let (runs, skipped) = (part.runs, skipped[number])
        let first = runs.place(of: visitors.lowerBound)
        let end = visitors.upperBound == .max ? runs.count : runs.place(of: visitors.upperBound + 1)
        var next = skipped.place(notBefore: first)
        for run in first..<max(first, end) {
            if next < skipped.count, Int(skipped[next]) == run {
                next += 1
                continue
            }
            let start = part.time(of: Int(runs.firsts[run]))
            guard starts.contains(start), runs.isVisit(run) else { continue }
            let visitor = Visitor(rawValue: runs.visitors[run])
            let key = VisitKey(start: Timestamp(milliseconds: start), visitor: visitor)
            let place = RunPlace(part: number, run: run)
            if nearest.takes(key), selection.counts(place) { nearest.take(key, at: place) }
        }
    }
}

extension HitSelection {
    /// True if a visit that starts in the period has a hit there that counts for the visitor.
    fileprivate func counts(_ run: RunPlace) -> Bool {
        var visit: VisitInScan? = VisitInScan(ChainedVisit(run))
        let hits = timeline.hits(of: run)
        // The first hit decides for all.
        if isOfVisits { return passes(HitPlace(part: run.part, hit: hits.lowerBound), &visit) }
        let part = timeline.parts[run.part]
        return hits.contains { hit in
            (countsEngagement || part.hits.kind(of: hit) != .engagement) && range.contains(part.time(of: hit))
                && passes(HitPlace(part: run.part, hit: hit), &visit)
        }
    }
}

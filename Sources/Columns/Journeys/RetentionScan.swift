package import Analytics

/// The pass over parts that counts the visitors who come again.
package struct RetentionScan: Sendable {
    private let query: RetentionQuery
    private let selection: HitSelection
    /// The starts of the parts of the period, in milliseconds since 1970.
    private let starts: [Int]
    private let timeline: Timeline

    /// The bits of hits that make a visitor one of a cohort, and by which a visitor comes again.
    private static let (start, comeback): (UInt8, UInt8) = (1, 2)

    /// - Parameters:
    ///   - query: The question.
    ///   - selection: The hits that it counts.
    ///   - buckets: The parts of the period, at most `RetentionQuery.mostCohorts`.
    package init(_ query: RetentionQuery, _ selection: HitSelection, _ buckets: Buckets) {
        (self.query, self.selection, timeline) = (query, selection, selection.timeline)
        starts = buckets.starts.map(\.milliseconds)
    }

    /// Scans the parts by two threads.
    package func counts(by workers: ScanWorkers) async -> RetentionCounts {
        let marks = await HitMarks.reaching([query.start, query.comeback], timeline, by: workers)
        var (counts, others) = await workers.halves(of: 0...(.max)) { visitors, withLoose in
            self.counts(of: visitors, marks, withLoose: withLoose)
        }
        counts.add(others)
        return counts
    }

    /// A visitor, hit by hit.
    private struct Course {
        /// The part of the period in which the last hit lies.
        var part = 0
        /// The part of the first start; nil for none.
        var cohort: Int?
        /// The parts with a comeback, as bits.
        var parts: UInt64 = 0

        /// True if a hit with some marks would tell something new.
        func needs(_ mark: UInt8) -> Bool {
            (mark & RetentionScan.start != 0 && cohort == nil)
                || (mark & RetentionScan.comeback != 0 && parts & (1 << UInt64(part)) == 0)
        }

        mutating func take(_ mark: UInt8) {
            if mark & RetentionScan.start != 0, cohort == nil { cohort = part }
            if mark & RetentionScan.comeback != 0 { parts |= 1 << UInt64(part) }
        }
    }

    private func counts(of visitors: ClosedRange<UInt64>, _ marks: HitMarks, withLoose: Bool) -> RetentionCounts {
        var counts = RetentionCounts(cohorts: starts.count)
        timeline.forEachVisitor(in: visitors, marks) { visits in
            var course = Course()
            for visit in visits { take(visit, marks, &course) }
            guard let cohort = course.cohort else { return }
            counts.add(cohort, comingIn: course.parts)
            if visits.contains(where: { $0.isDated(timeline) }) { counts.coverage.countsDatedVisitors = true }
        }
        if withLoose { counts.coverage.hitsWithoutVisitor = selection.loose(marks) }
        return counts
    }

    private func take(_ visit: ChainedVisit, _ marks: HitMarks, _ course: inout Course) {
        var scanned: VisitInScan? = VisitInScan(visit)
        visit.forEachRun { run in
            for hit in timeline.hits(of: run) where marks.parts[run.part][hit] != 0 {
                let place = HitPlace(part: run.part, hit: hit)
                let time = timeline.time(of: place)
                guard selection.range.contains(time) else { continue }
                while course.part + 1 < starts.count, starts[course.part + 1] <= time { course.part += 1 }
                let mark = marks.parts[run.part][hit]
                if course.needs(mark), selection.passes(place, &scanned) { course.take(mark) }
            }
        }
    }
}

package import Analytics

/// The pass over parts that counts the visitors who take steps.
package struct FunnelScan: Sendable {
    private let query: FunnelQuery
    private let selection: HitSelection
    private let timeline: Timeline

    /// - Parameters:
    ///   - query: The question.
    ///   - selection: The hits that it counts.
    package init(_ query: FunnelQuery, _ selection: HitSelection) {
        (self.query, self.selection, timeline) = (query, selection, selection.timeline)
    }

    /// Scans the parts by two threads.
    package func counts(by workers: ScanWorkers) async -> FunnelCounts {
        let marks = await HitMarks.reaching(query.steps, timeline, by: workers)
        var (counts, others) = await workers.halves(of: 0...(.max)) { visitors, withLoose in
            self.counts(of: visitors, marks, withLoose: withLoose)
        }
        counts.add(others)
        return counts
    }

    /// The longest attempt, in milliseconds.
    private var longest: Int {
        switch query.window {
        case .visit: .max
        case .days(let days): days * Part.length
        }
    }

    private func counts(of visitors: ClosedRange<UInt64>, _ marks: HitMarks, withLoose: Bool) -> FunnelCounts {
        var counts = FunnelCounts(steps: query.steps.count)
        var attempts = FunnelAttempts(steps: query.steps.count, longest: longest)
        timeline.forEachVisitor(in: visitors, marks) { visits in
            attempts.begin()
            for visit in visits {
                take(visit, marks, &attempts)
                if query.window == .visit { attempts.end() }
            }
            attempts.end()
            counts.add(attempts)
            if attempts.reached > 0, visits.contains(where: { $0.isDated(timeline) }) {
                counts.coverage.countsDatedVisitors = true
            }
        }
        if withLoose { counts.coverage.hitsWithoutVisitor = selection.loose(marks) }
        return counts
    }

    private func take(_ visit: ChainedVisit, _ marks: HitMarks, _ attempts: inout FunnelAttempts) {
        var scanned: VisitInScan? = VisitInScan(visit)
        visit.forEachRun { run in
            for hit in timeline.hits(of: run) where marks.parts[run.part][hit] != 0 {
                let place = HitPlace(part: run.part, hit: hit)
                let time = timeline.time(of: place)
                guard selection.range.contains(time), selection.passes(place, &scanned) else { continue }
                attempts.take(marks.parts[run.part][hit], at: place, time, timeline)
            }
        }
    }
}

/// The pass over parts that counts the hits by the names of their properties.
package struct PropertyScan: Sendable {
    private let selection: HitSelection
    private let timeline: Timeline

    /// - Parameter selection: The hits that count.
    package init(_ selection: HitSelection) { (self.selection, timeline) = (selection, selection.timeline) }

    /// Scans the parts by two threads.
    package func counts(by workers: ScanWorkers) async -> PropertyCounts {
        let marks = await HitMarks.described(timeline, by: workers)
        let (counts, others) = await workers.halves(of: 0...(.max)) { visitors, withLoose in
            self.counts(of: visitors, marks, withLoose: withLoose)
        }
        return await workers.run(by: 0) { PropertyCounts(timeline, zip(counts, others).map { zip($0, $1).map(+) }) }
    }

    /// Counts the hits of some visitors by part, and by the place of their properties among the texts.
    private func counts(of visitors: ClosedRange<UInt64>, _ marks: HitMarks, withLoose: Bool) -> [[Int]] {
        var counts = timeline.parts.map { Array(repeating: 0, count: $0.hits.propTexts.count + 1) }
        timeline.forEachVisitor(in: visitors, marks) { visits in
            for visit in visits {
                var scanned: VisitInScan? = VisitInScan(visit)
                visit.forEachRun { run in
                    for hit in timeline.hits(of: run) where marks.parts[run.part][hit] != 0 {
                        add(HitPlace(part: run.part, hit: hit), &scanned, to: &counts)
                    }
                }
            }
        }
        guard withLoose else { return counts }
        for (number, part) in timeline.parts.enumerated() {
            for hit in part.loose where marks.parts[number][hit] != 0 {
                var none: VisitInScan?
                add(HitPlace(part: number, hit: hit), &none, to: &counts)
            }
        }
        return counts
    }

    private func add(_ place: HitPlace, _ visit: inout VisitInScan?, to counts: inout [[Int]]) {
        guard selection.range.contains(timeline.time(of: place)), selection.passes(place, &visit) else { return }
        counts[place.part][timeline.parts[place.part].hits.props(of: place.hit)] += 1
    }
}

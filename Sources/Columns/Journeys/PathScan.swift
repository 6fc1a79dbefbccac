package import Analytics

/// The pass over parts that counts the pages before and after a page.
package struct PathScan: Sendable {
    private let selection: HitSelection
    private let pages: AttributeValues
    /// True for the pages in question, by place.
    private let isAsked: [Bool]
    private let timeline: Timeline

    /// Takes the pages in question; nil if the selection has no pages.
    ///
    /// - Parameters:
    ///   - query: The question.
    ///   - selection: The hits that it counts, with pages as their dimension.
    package init?(_ query: PathQuery, _ selection: HitSelection) {
        guard let pages = selection.tables.attributes[.hit(.page)] else { return nil }
        (self.selection, self.pages, timeline) = (selection, pages, selection.timeline)
        let pattern = Wildcard(query.page)
        isAsked = pages.texts.map { $0.map(pattern.matches) ?? false }
    }

    /// Scans the parts by two threads.
    package func counts(by workers: ScanWorkers) async -> PathCounts {
        let marks = await HitMarks.viewing(pages, isAsked, timeline, by: workers)
        var (counts, others) = await workers.halves(of: 0...(.max)) { visitors, withLoose in
            self.counts(of: visitors, marks, withLoose: withLoose)
        }
        counts.add(others)
        return counts
    }

    private func counts(of visitors: ClosedRange<UInt64>, _ marks: HitMarks, withLoose: Bool) -> PathCounts {
        var tally = PathTally(pages: pages.texts.count)
        var coverage = Coverage()
        timeline.forEachVisitor(in: visitors, marks) { visits in
            for visit in visits where visit.isMarked(marks, timeline) {
                let before = tally.views.pageviews
                add(visit, marks, to: &tally)
                if tally.views.pageviews > before, visit.isDated(timeline) { coverage.countsDatedVisitors = true }
            }
        }
        if withLoose { coverage.hitsWithoutVisitor = selection.loose(marks) }
        var counts = PathCounts(
            views: tally.views,
            previous: PathCounts.Side(tally.previous.counts, pages.texts),
            next: PathCounts.Side(tally.next.counts, pages.texts)
        )
        counts.coverage = coverage
        return counts
    }

    /// Views of a page that are equal in the order of hits.
    private struct Views {
        let place: HitPlace
        let page: Int
        /// The page before them; nil at the beginning of the visit.
        let before: Int?
        /// The number of those in question.
        var count = 0
    }

    private func add(_ visit: ChainedVisit, _ marks: HitMarks, to tally: inout PathTally) {
        var scanned: VisitInScan? = VisitInScan(visit)
        var views: Views?
        tally.beginVisit()
        visit.forEachRun { run in
            for hit in timeline.hits(of: run) where timeline.parts[run.part].hits.kind(of: hit) == .pageview {
                let place = HitPlace(part: run.part, hit: hit)
                if let last = views, !timeline.areSimultaneous(last.place, place) {
                    let page = page(of: place)
                    tally.add(last.count, between: last.before, and: page)
                    views = Views(place: place, page: page, before: last.page)
                } else if views == nil {
                    views = Views(place: place, page: page(of: place), before: nil)
                }
                if marks.parts[run.part][hit] != 0, selection.range.contains(timeline.time(of: place)),
                    selection.passes(place, &scanned)
                {
                    views?.count += 1
                }
            }
        }
        if let views { tally.add(views.count, between: views.before, and: nil) }
    }

    private func page(of place: HitPlace) -> Int {
        Int(pages.tables[place.part][timeline.parts[place.part][.path].places[place.hit]])
    }
}

extension ChainedVisit {
    /// True if one of its hits is marked.
    fileprivate func isMarked(_ marks: HitMarks, _ timeline: Timeline) -> Bool {
        marks.areAny(in: head.part, timeline.hits(of: head))
            || others.contains { marks.areAny(in: $0.part, timeline.hits(of: $0)) }
    }
}

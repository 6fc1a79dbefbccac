package import Analytics

/// The search for one visit and its hits.
package struct VisitSearch: Sendable {
    private let key: VisitKey
    private let timeline: Timeline

    /// - Parameters:
    ///   - key: The key of the visit.
    ///   - selection: The hits of a period that holds its start.
    package init(_ key: VisitKey, _ selection: HitSelection) { (self.key, timeline) = (key, selection.timeline) }

    /// The visit with some of its hits.
    ///
    /// - Parameter offset: The number of hits before these.
    /// - Returns: nil if no visit of the visitor starts then.
    package func course(after offset: Int) -> VisitCourse? {
        var merge = VisitorMerge(timeline.parts, key.visitor.rawValue...key.visitor.rawValue)
        var pieces: [VisitorMerge.Piece] = []
        guard merge.next(&pieces) != nil else { return nil }
        var visits: [ChainedVisit] = []
        timeline.derive(pieces, into: &visits)
        let start = key.start.milliseconds
        guard let visit = visits.first(where: { timeline.time(of: $0.first(timeline)) == start }) else { return nil }
        var (places, total): ([HitPlace], Int) = ([], 0)
        visit.forEachRun { run in
            let hits = timeline.hits(of: run)
            // One more tells when the last of them ends.
            for hit in hits.dropFirst(max(0, offset - total)).prefix(VisitCourse.mostSteps + 1 - places.count) {
                places.append(HitPlace(part: run.part, hit: hit))
            }
            total += hits.count
        }
        let following = places.dropFirst().map(Optional.some) + [nil]
        let steps = zip(places, following).prefix(VisitCourse.mostSteps).map { timeline.step(at: $0, before: $1) }
        let summary = timeline.summary(of: visit, by: key.visitor)
        return VisitCourse(summary, steps: steps, after: min(max(0, offset), total), of: total)
    }
}

extension Timeline {
    /// A hit with its texts.
    fileprivate func step(at place: HitPlace, before next: HitPlace?) -> VisitCourse.Step {
        let hits = parts[place.part].hits
        let name = lexicon.names[code(.name, place.part, place.hit)] ?? ""
        var step = VisitCourse.Step(name, at: Timestamp(milliseconds: time(of: place)))
        step.page = page(at: place)
        step.title = lexicon.titles[code(.title, place.part, place.hit)]
        (step.scroll, step.engaged) = (hits.scroll(of: place.hit), hits.engaged(of: place.hit))
        if let (value, currency) = hits.value(of: place.hit) {
            step.value = Amount(millionths: value)
            // A value without a currency has the empty one.
            step.currency = lexicon.currencies[Int(currency)].flatMap { $0.isEmpty ? nil : $0 }
        }
        let props = hits.props(of: place.hit)
        if props > 0 { step.props = hits.propTexts[props - 1] }
        step.wait = next.map { time(of: $0) - time(of: place) }
        return step
    }
}

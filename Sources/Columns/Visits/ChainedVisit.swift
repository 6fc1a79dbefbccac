import Analytics

/// A visit: the runs that follow each other over midnight, or most often one run.
struct ChainedVisit {
    let head: RunPlace
    private(set) var others: [RunPlace] = []

    init(_ head: RunPlace) { self.head = head }

    mutating func append(_ run: RunPlace) { others.append(run) }

    /// The pages at which it begins and ends; nil without page views.
    func pages(_ timeline: Timeline) -> (entry: HitPlace?, exit: HitPlace?) {
        let runs = timeline.parts[head.part].runs
        let first = Int(runs.firsts[head.run])
        var entry =
            runs.entries[head.run] < 0 ? nil : HitPlace(part: head.part, hit: first + Int(runs.entries[head.run]))
        var exit = runs.exits[head.run] < 0 ? nil : HitPlace(part: head.part, hit: first + Int(runs.exits[head.run]))
        for other in others {
            let runs = timeline.parts[other.part].runs
            guard runs.entries[other.run] >= 0 else { continue }
            let first = Int(runs.firsts[other.run])
            entry = entry ?? HitPlace(part: other.part, hit: first + Int(runs.entries[other.run]))
            exit = HitPlace(part: other.part, hit: first + Int(runs.exits[other.run]))
        }
        return (entry, exit)
    }

    /// The time from the first to the last hit other than engagement, in milliseconds.
    func duration(_ timeline: Timeline, from start: Int) -> Int {
        let last = others.last { timeline.parts[$0.part].runs.isVisit($0.run) } ?? head
        let part = timeline.parts[last.part]
        return part.day * Part.length + Int(part.runs.ends[last.run]) - start
    }

    /// The numbers of page views and of all events.
    func counts(_ timeline: Timeline) -> (pageviews: Int, events: Int) {
        let runs = timeline.parts[head.part].runs
        var counts = (pageviews: Int(runs.pageviews[head.run]), events: Int(runs.events[head.run]))
        for other in others {
            counts.pageviews += Int(timeline.parts[other.part].runs.pageviews[other.run])
            counts.events += Int(timeline.parts[other.part].runs.events[other.run])
        }
        return counts
    }

    /// True if an interactive hit other than a page view is among its hits.
    func hasInteraction(_ timeline: Timeline) -> Bool {
        timeline.parts[head.part].runs.hasInteraction(head.run)
            || others.contains { timeline.parts[$0.part].runs.hasInteraction($0.run) }
    }
}

extension Timeline {
    /// The longest gap between hits of a visit, in milliseconds.
    private static let gap = 1_800_000

    /// The visits of a visitor, by the rules of `Visit.derive`.
    ///
    /// - Parameters:
    ///   - pieces: The runs of the visitor.
    ///   - visits: Is filled with the visits, by their starts.
    func derive(_ pieces: [VisitorMerge.Piece], into visits: inout [ChainedVisit]) {
        visits.removeAll(keepingCapacity: true)
        /// The times of the first hit since a gap and of the last hit, in milliseconds since 1970.
        var course: (start: Int, last: Int)?
        var isOpen = false
        for piece in pieces {
            let part = parts[piece.part]
            let midnight = part.day * Part.length
            for run in piece.runs {
                let hits = part.hits(of: run)
                let first = midnight + Int(part.hits.times[hits.lowerBound])
                let last = midnight + Int(part.hits.times[hits.upperBound - 1])
                if let known = course, first - known.last <= Self.gap {
                    isOpen = isOpen && reaches(first, isDated: part.runs.isDated(run), known, midnight)
                    course = (known.start, last)
                } else {
                    isOpen = false
                    course = (first, last)
                }
                let place = RunPlace(part: piece.part, run: run)
                if isOpen {
                    visits[visits.count - 1].append(place)
                } else if part.runs.isVisit(run) {
                    visits.append(ChainedVisit(place))
                    isOpen = true
                }
            }
        }
    }

    /// True if a hit after no gap is of the same visit as the one before.
    private func reaches(_ time: Int, isDated: Bool, _ course: (start: Int, last: Int), _ midnight: Int) -> Bool {
        if isDated, dates.separate(Timestamp(milliseconds: course.last), Timestamp(milliseconds: time)) { return false }
        return course.last >= midnight || course.start > midnight - Part.length
    }
}

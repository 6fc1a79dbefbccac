import Analytics

/// A visit: the runs that follow each other over midnight, or most often one run.
struct ChainedVisit {
    let head: RunPlace
    private(set) var others: [RunPlace] = []

    init(_ head: RunPlace) { self.head = head }

    mutating func append(_ run: RunPlace) { others.append(run) }

    /// The first hit.
    func first(_ timeline: Timeline) -> HitPlace {
        HitPlace(part: head.part, hit: Int(timeline.parts[head.part].runs.firsts[head.run]))
    }

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
        return part.start + Int(part.runs.ends[last.run]) - start
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

    /// True if there are fewer than two page views and no other interactive hit.
    func isBounce(_ timeline: Timeline) -> Bool {
        counts(timeline).pageviews < 2
            && !([head] + others).contains { timeline.parts[$0.part].runs.hasInteraction($0.run) }
    }
}

extension Timeline {
    /// The visits of a visitor, by the rule of `Course`.
    ///
    /// - Parameters:
    ///   - pieces: The runs of the visitor.
    ///   - visits: Is filled with the visits, by their starts.
    func derive(_ pieces: [VisitorMerge.Piece], into visits: inout [ChainedVisit]) {
        visits.removeAll(keepingCapacity: true)
        var course: Course?
        var isOpen = false
        for piece in pieces {
            let part = parts[piece.part]
            for run in piece.runs {
                let hits = part.hits(of: run)
                let first = part.time(of: hits.lowerBound)
                isOpen = isOpen && course?.reaches(first, isDated: part.runs.isDated(run), dates) == true
                course = Course(after: course, from: first, through: part.time(of: hits.upperBound - 1))
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
}

/// A visit with what filters and groups ask of it.
struct ScannedVisit {
    let visit: ChainedVisit
    let entry: HitPlace?
    let exit: HitPlace?

    init(_ visit: ChainedVisit, _ timeline: Timeline) {
        self.visit = visit
        (entry, exit) = visit.pages(timeline)
    }
}

/// The row of a column at which a scope of a hit is found.
///
/// - Parameters:
///   - scope: The scope.
///   - place: The hit.
///   - visit: Its visit; nil for a hit that belongs to none.
///   - parts: The parts.
/// - Returns: The part and the row; nil if there is none.
func row(
    of scope: AttributeValues.Scope,
    _ place: HitPlace,
    _ visit: ScannedVisit?,
    _ parts: [Part]
) -> (part: Int, row: Int)? {
    switch scope {
    case .hit: return (place.part, place.hit)
    case .visit:
        if let visit { return (visit.visit.head.part, visit.visit.head.run) }
        let part = parts[place.part]
        return (place.part, part.runs.count + place.hit - part.loose.lowerBound)
    case .entry: return visit?.entry.map { ($0.part, $0.hit) }
    case .exit: return visit?.exit.map { ($0.part, $0.hit) }
    }
}

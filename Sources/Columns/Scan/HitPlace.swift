import Analytics

/// A hit of a part with its visit, by their places.
struct HitPlace {
    let hit: Int
    /// The visit; nil for a hit that belongs to none.
    let visit: Int?
}

extension Part {
    /// The code that a scope of a hit has in a column.
    func code(_ column: HitColumn, _ scope: AttributeValues.Scope, _ place: HitPlace) -> Int {
        let hit: Int =
            switch (scope, place.visit) {
            case (.hit, _), (.visit, nil): place.hit
            case (.visit, let visit?): visits.hits[visit].lowerBound
            case (.entry, let visit?): visits.entries[visit]
            case (.exit, let visit?): visits.exits[visit]
            case (.entry, nil), (.exit, nil): -1
            }
        return hit < 0 ? 0 : Int(hits.codes[column.rawValue][hit])
    }

    /// The place of the value that a hit has in a dimension.
    func value(_ values: AttributeValues, _ place: HitPlace) -> UInt32 {
        values.values[code(values.column, values.scope, place)]
    }
}

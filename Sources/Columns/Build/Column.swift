/// A column of codes of a part.
enum Column: Int, CaseIterable, Sendable {
    case name
    case host
    case path
    case title
    /// The columns of visits; a hit has those of the first hit of its visit.
    case place
    case agent
    case origin

    /// True for a column that every hit has of its own.
    var isOfHits: Bool { rawValue < Column.place.rawValue }

    func code(of codes: HitRow.Codes) -> UInt32 {
        switch self {
        case .name: codes.name
        case .host: codes.host
        case .path: codes.path
        case .title: codes.title
        case .place: codes.place
        case .agent: codes.agent
        case .origin: codes.origin
        }
    }
}

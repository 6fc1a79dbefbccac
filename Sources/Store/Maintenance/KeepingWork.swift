/// Something that maintenance does to stored rows.
enum KeepingWork: String, RecordedWork {
    case tablesDropped = "tables_dropped"
    case hitsDeleted = "hits_deleted"
    case eventsDeleted = "events_deleted"
    case tablesCompressed = "tables_compressed"
    case vacuumsHastened = "vacuums_hastened"

    static let family = "keeping"

    var help: String {
        switch self {
        case .tablesDropped: "Weeks or days of events or hits that were dropped, since they were too old."
        case .hitsDeleted: "Hits that were deleted, since their sites keep them for a shorter time."
        case .eventsDeleted: "Events that were deleted, since their sites keep them for a shorter time."
        case .tablesCompressed: "Times that events or hits of a week or day were compressed."
        case .vacuumsHastened: "Tables that were set to be vacuumed earlier, since rows were deleted from them."
        }
    }
}

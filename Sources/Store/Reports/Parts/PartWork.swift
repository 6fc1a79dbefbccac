/// Something that happens to a part of a day.
enum PartWork: String, RecordedWork {
    case built
    case read
    case merged
    case dropped
    case damaged
    case differing

    static let family = "parts"

    var help: String {
        switch self {
        case .built: "Parts of days that were built from rows."
        case .read: "Stored parts of days that were read."
        case .merged: "Parts of days to which changed hits were added."
        case .dropped: "Parts of days that were dropped from memory, since there were too many."
        case .damaged: "Stored parts of days that could not be read, and were built again."
        case .differing: "Stored parts of days that had not the hits of the rows, and were deleted."
        }
    }
}

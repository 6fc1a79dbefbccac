/// The reason that a file cannot be used as a GeoIP database.
package enum GeoFailure: Error, Equatable, CustomStringConvertible {
    /// The file cannot be opened, read or copied; with the reason of the operating system.
    case unreadable(String)
    /// The file changed while it was copied.
    case changing
    /// The file is larger than `GeoDatabase.largest`.
    case tooLarge
    /// The file is of another kind, or its end is missing.
    case notADatabase
    /// The file contradicts the format; with the place.
    case damaged(String)
    /// The database says nothing about places, such as one of networks; with its type.
    case noPlaces(type: String)

    package var description: String {
        switch self {
        case .unreadable(let reason): "it cannot be read: \(reason)"
        case .changing: "it changed while it was read"
        case .tooLarge: "it is larger than \(GeoDatabase.largest) bytes"
        case .notADatabase: "it is no MaxMind DB file, or its end is missing"
        case .damaged(let place): "it is damaged: \(place)"
        case .noPlaces(let type): "it is a database of the type \(type), which has no countries, cities or coordinates"
        }
    }
}

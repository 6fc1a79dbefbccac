/// The reason for the place of a hit; its description is for people.
package enum PlaceBasis: Sendable, Hashable, CustomStringConvertible {
    /// The sender tells it, and nothing is looked up.
    case given
    case database
    case noDatabase
    case noAddress
    case unknownAddress

    package var description: String {
        switch self {
        case .given: "the sender gives it"
        case .database: "the GeoIP database has it for the address"
        case .noDatabase: "there is no GeoIP database"
        case .noAddress: "the address is not known"
        case .unknownAddress: "the GeoIP database does not have the address"
        }
    }
}

package import SystemPackage

/// The place of files that the server keeps beside a database: of the spool, or the GeoIP database.
package enum DataPlace: Sendable, Equatable, CustomStringConvertible {
    /// In the data directory with the embedded database, nowhere with another.
    case auto
    case off
    case path(FilePath)

    init(_ text: String) {
        self =
            switch text {
            case "auto": .auto
            case "off": .off
            default: .path(.absolute(text))
            }
    }

    package var description: String {
        switch self {
        case .auto: "auto"
        case .off: "off"
        case .path(let path): path.string
        }
    }
}

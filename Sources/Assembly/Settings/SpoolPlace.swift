package import SystemPackage

/// The place where events wait on disk while the database is unreachable.
package enum SpoolPlace: Sendable, Equatable, CustomStringConvertible {
    /// In the data directory with the embedded database, nowhere with another.
    case auto
    case off
    case directory(FilePath)

    init(_ text: String) {
        self =
            switch text {
            case "auto": .auto
            case "off": .off
            default: .directory(.absolute(text))
            }
    }

    package var description: String {
        switch self {
        case .auto: "auto"
        case .off: "off"
        case .directory(let path): path.string
        }
    }
}

import SystemPackage

/// The location of a server's spool.
enum SpoolPlace: Sendable, CaseIterable {
    case none
    /// The directory of the scenario.
    case own
    case at(FilePath)

    static let allCases: [SpoolPlace] = [.none, .own]

    /// A suffix for the name of a scenario.
    var remark: String {
        if case .none = self { "" } else { ", spool" }
    }

    var exists: Bool { !remark.isEmpty }
}

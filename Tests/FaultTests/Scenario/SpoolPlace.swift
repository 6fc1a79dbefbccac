import SystemPackage

/// Where a server keeps events while its database is away.
enum SpoolPlace: Sendable, CaseIterable {
    case none
    /// In the directory of the scenario.
    case own
    case at(FilePath)

    static let allCases: [SpoolPlace] = [.none, .own]

    /// Follows the name of a scenario.
    var remark: String {
        if case .none = self { "" } else { ", spool" }
    }

    var isThere: Bool { !remark.isEmpty }
}

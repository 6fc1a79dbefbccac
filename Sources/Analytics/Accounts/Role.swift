/// The role of an account in an organisation; a higher one may do all that a lower one may.
package enum Role: String, Sendable, Codable, CaseIterable, Comparable {
    /// Sees dashboards and saved queries.
    case viewer
    /// Sees single hits and visits, and keeps goals, segments, notes and share links.
    case member
    /// Changes settings, keys and members of sites, and forgets users.
    case admin
    /// Resets, removes and hands over sites, and changes the organisation and its owners.
    case owner

    package static func < (lhs: Role, rhs: Role) -> Bool { lhs.rank < rhs.rank }

    private var rank: Int {
        switch self {
        case .viewer: 0
        case .member: 1
        case .admin: 2
        case .owner: 3
        }
    }
}

/// A page of the settings of a site; the raw value is the last segment of its path.
package enum SettingsSection: String, Sendable, CaseIterable {
    case general, snippet, keys, members, privacy, retention, goals, pages, addresses, sharing, danger

    package var title: String {
        switch self {
        case .general: "General"
        case .snippet: "Installation"
        case .keys: "Keys"
        case .members: "Members"
        case .privacy: "Privacy"
        case .retention: "Retention"
        case .goals: "Goals"
        case .pages: "Pages"
        case .addresses: "Excluded addresses"
        case .sharing: "Sharing"
        case .danger: "Danger zone"
        }
    }
}

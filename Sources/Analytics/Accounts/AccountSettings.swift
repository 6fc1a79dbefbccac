/// The settings of an account for the pages, kept as JSON; one that is missing there has its default.
package struct AccountSettings: Sendable, Equatable {
    /// The colours of the pages.
    package enum Theme: String, Sendable, Codable, CaseIterable {
        /// Those that the system of the reader prefers.
        case system
        case light
        case dark
    }

    package var theme = Theme.system
    /// True if keys without a modifier do something on the pages.
    package var hasShortcuts = true

    package init() {}
}

extension AccountSettings: Codable {
    private enum CodingKeys: String, CodingKey {
        case theme
        case hasShortcuts = "shortcuts"
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        // A newer server may know more themes.
        theme = try values.decodeIfPresent(String.self, forKey: .theme).flatMap(Theme.init) ?? theme
        hasShortcuts = try values.decodeIfPresent(Bool.self, forKey: .hasShortcuts) ?? hasShortcuts
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(theme, forKey: .theme)
        try values.encode(hasShortcuts, forKey: .hasShortcuts)
    }
}

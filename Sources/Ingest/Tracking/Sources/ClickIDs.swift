/// The advertisers whose click ids an address carries: marks that an advertisement adds to the links of its clicks.
package struct ClickIDs: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let google = ClickIDs(rawValue: 1)
    package static let microsoft = ClickIDs(rawValue: 2)
    package static let tiktok = ClickIDs(rawValue: 4)
    package static let x = ClickIDs(rawValue: 8)
    package static let linkedin = ClickIDs(rawValue: 16)
    package static let yandex = ClickIDs(rawValue: 32)
    /// Added to links that nobody has paid for, too: it proves no advertisement.
    package static let facebook = ClickIDs(rawValue: 64)

    /// The parameters of a query.
    static let parameters: [(name: String, id: ClickIDs)] = [
        ("gclid", .google), ("gbraid", .google), ("wbraid", .google), ("gad_source", .google), ("dclid", .google),
        ("msclkid", .microsoft), ("ttclid", .tiktok), ("twclid", .x), ("li_fat_id", .linkedin), ("yclid", .yandex),
        ("fbclid", .facebook),
    ]
}

package import Analytics

/// A site in the list of all sites.
package struct SiteRow: Sendable {
    package let name: SiteName
    package let organisation: String
    /// The time zone of its dates (IANA).
    package let zone: String
    /// The role of the reader in its organisation.
    package let role: Role
    /// The people of the hour up to now; nil if they cannot be told.
    package var hour: Int?
    /// The numbers of the time; nil if they cannot be told.
    package var numbers: SiteNumbers?
    /// The hits of the time that were refused; nil if they cannot be told, or not to the reader.
    package var refused: Int?
    /// The events and impressions of the time, beside those that were refused; nil without these.
    package var counted: Int?

    /// - Parameters:
    ///   - name: The name of the site.
    ///   - organisation: The name of its organisation.
    ///   - zone: Its time zone (IANA).
    ///   - role: The role of the reader.
    package init(name: SiteName, organisation: String, zone: String, role: Role) {
        self.name = name
        self.organisation = organisation
        self.zone = zone
        self.role = role
    }

    /// True if numbers are missing that the reader may see.
    package var isIncomplete: Bool { hour == nil || numbers == nil || (role >= .member && refused == nil) }

    /// The refused hits among all of the time, in per cent; nil without any hit.
    package var refusedShare: Double? { Self.share(of: refused, beside: counted) }

    /// The share of a number of all that it makes with another one, in per cent; nil if it cannot be told.
    static func share(of refused: Int?, beside counted: Int?) -> Double? {
        guard let refused, let counted else { return nil }
        let all = Double(refused) + Double(counted)
        return all > 0 ? Double(refused) * 100 / all : nil
    }
}

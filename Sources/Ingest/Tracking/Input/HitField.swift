import Analytics

/// A field of a hit, by its name in every format.
package enum HitField: String, Sendable, Hashable, CaseIterable {
    case site, key, name, url, title, referrer, user, visitor, timestamp, age, id, props, value, currency
    case screen, viewport, language, timezone, interactive, scroll, engaged, gpc
    case ip, userAgent = "user_agent"
    case country, region, city, browser, browserVersion = "browser_version", os, osVersion = "os_version", device
    case source
    /// The traits of the user, in a request that tells an identity.
    case traits

    /// The fields by the lengths of their names.
    private static let byLength: [[HitField]] = {
        let longest = allCases.map(\.rawValue.utf8.count).max() ?? 0
        return (0...longest).map { length in allCases.filter { $0.rawValue.utf8.count == length } }
    }()

    /// Finds the field of a key; nil if there is none.
    init?(key: Span<UInt8>) {
        guard key.count < Self.byLength.count else { return nil }
        for field in Self.byLength[key.count] where key.equals(field.rawValue) {
            self = field
            return
        }
        return nil
    }
}

import Analytics
import Registry

/// The permission of a request on a site.
struct Access: Sendable {
    let site: Site
    /// The key that gave it; nil for what everybody may do.
    let key: RegistrySnapshot.Key?
    /// The link that gave it; nil for any other.
    var share: RegistrySnapshot.Share?
    /// The account that gave it; nil for any other.
    var account: Account?
    /// True for `/analytics` without keys, whose site takes everything from everybody.
    var isUnlimited = false

    /// True with a server key, whose sender may say who and when.
    var isTrusted: Bool { key?.scope == .server }

    /// Checks the page that a browser sends a request from.
    ///
    /// - Throws: A `Rejection` of the host.
    func check(origin: String?) throws(Rejection) {
        guard let origin, !isTrusted, !isUnlimited, !site.hostnames.isEmpty else { return }
        guard let host = Origin.host(of: origin), site.allows(host: host) else {
            throw Rejection(.host, .foreignOrigin)
        }
    }

    /// The accepted times of what the request stores.
    ///
    /// - Parameters:
    ///   - times: The accepted times of the server.
    ///   - now: The current time.
    /// - Returns: The times, which begin later for those who are not trusted.
    func times(within times: ClosedRange<Timestamp>, now: Timestamp) -> ClosedRange<Timestamp> {
        guard !isTrusted, !isUnlimited else { return times }
        let earliest = now.advanced(by: .seconds(-3_600 * site.settings.lateHours))
        return min(max(times.lowerBound, earliest), times.upperBound)...times.upperBound
    }
}

/// The header `Origin` (Fetch Standard, section 3.1).
private enum Origin {
    /// The host of an origin in lower case, without the port; nil for `null`.
    static func host(of origin: String) -> String? {
        guard let scheme = origin.firstRange(of: "://") else { return nil }
        let authority = origin[scheme.upperBound...]
        let host = authority.first == "[" ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        return host.isEmpty ? nil : host.lowercased()
    }
}

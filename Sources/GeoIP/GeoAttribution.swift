/// The credit that the licence of a free database asks for, to be shown where its data is.
package struct GeoAttribution: Hashable, Sendable {
    package let text: String
    /// The target of the link.
    package let url: String

    /// Finds the attribution of a database.
    ///
    /// - Parameters:
    ///   - type: The type of the database.
    ///   - description: The description of the database.
    init?(type: String, description: String) {
        let type = type.lowercased()
        let both = type + " " + description.lowercased()
        if type.hasPrefix("geolite") {
            text = "This product includes GeoLite Data created by MaxMind, available from https://www.maxmind.com."
            url = "https://www.maxmind.com"
        } else if type.hasPrefix("dbip"), type.contains("lite") {
            text = "IP Geolocation by DB-IP"
            url = "https://db-ip.com"
        } else if type.hasPrefix("ipinfo"), type.contains("lite") || type.contains("free") {
            text = "IP address data powered by IPinfo"
            url = "https://ipinfo.io"
        } else if both.contains("ip2lite") || (both.contains("ip2location") && both.contains("lite")) {
            text = "This product includes IP2Location LITE data available from https://lite.ip2location.com."
            url = "https://lite.ip2location.com"
        } else {
            return nil
        }
    }
}

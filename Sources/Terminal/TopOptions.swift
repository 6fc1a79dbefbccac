/// The options of the dashboard.
package struct TopOptions: Sendable {
    package var url = "http://127.0.0.1:8080"
    /// The file of the server's certificate in PEM; nil if this machine trusts it.
    package var certificate: String?
    /// The names of sites to watch.
    package var sites: [String] = []
    /// Read keys or share links: one for each site in their order, or without sites those of their own.
    package var keys: [String] = []
    /// Seconds between two readings.
    package var interval = 1.0
    package var isASCII = false
    package var isWithoutColour = false

    package init() {}

    /// The sites with their keys.
    var watchedSites: [WatchedSite] {
        get throws(TopFailure) {
            guard sites.isEmpty || keys.count <= sites.count else {
                throw .invalid(option: "key", reason: "is given more often than --site")
            }
            guard keys.count < 100, sites.count < 100 else {
                throw .invalid(option: "site", reason: "is given too often")
            }
            var watched: [WatchedSite] = []
            for index in 0..<max(sites.count, keys.count) {
                let name = index < sites.count ? sites[index] : nil
                watched.append(try WatchedSite(name: name, secret: index < keys.count ? keys[index] : nil))
            }
            return watched
        }
    }
}

package import Analytics
package import HTTP
package import Web

/// The settings of the routes and of the connections.
package struct ServerSettings: Sendable {
    package var http = HTTPSettings()
    /// True to answer 400 to invalid events, and not 204.
    package var isStrict = false
    /// True if `/analytics` without a site needs a key of the standard site.
    package var requiresKeys = false
    /// The rate of hits from each address with each write key, and without a key; nil for any.
    package var senderRate: Rate? = Rate(perSecond: 50, burst: 1_000)
    /// The address by which browsers reach the server; nil to take that of each request.
    package var publicURL: ServerAddress?
    /// True if browsers reach the server by https: through its proxy, or by its own certificate.
    var isEncrypted: Bool { publicURL?.isSecure ?? (http.certificate != nil) }
    /// The days after which events are dropped; nil if they are kept.
    package var retentionDays: Int?
    package var acceptedTimes = AcceptedTimes()
    /// The largest body, in bytes, after decompression.
    package var maximumInflated = 64 << 20
    /// The limit on the memory of all bodies together, in bytes.
    package var bodyMemory = 16 << 20
    /// The most events in one request.
    package var maximumEvents = 100_000
    /// Files on the file systems whose room the metrics tell.
    package var writtenPaths: [String] = []
    /// The path of the tracker.
    package var trackerPath = RoutePath.tracker
    /// The path that the tracker sends to, which takes hits as `/api/v1/events` does.
    package var collectPath = RoutePath.events

    package init() {}
}

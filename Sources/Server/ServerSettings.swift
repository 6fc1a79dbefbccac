package import Analytics
package import HTTP

/// The settings of the routes, and of the connections that requests come by.
package struct ServerSettings: Sendable {
    package var http = HTTPSettings()
    /// Answer 400 to what cannot be stored, and not 204.
    package var isStrict = false
    package var acceptedTimes = AcceptedTimes()
    /// The largest body, in bytes, when it is inflated.
    package var maximumInflated = 64 << 20
    /// What all bodies together may take, in bytes.
    package var bodyMemory = 16 << 20
    /// The most events in one request.
    package var maximumEvents = 100_000

    package init() {}
}

import Analytics
package import Embedded
package import HTTP
package import Ingest
package import Logging
package import Postgres
package import Schema
package import Server
package import Spool
package import Store
package import SystemPackage
package import Web

/// The values of all settings, checked, as the parts of the server take them.
///
/// `Setting` declares which of them can be set. Their defaults are those of the parts.
package struct Settings: Sendable {
    /// A value that cannot be taken; the description contains no secret.
    package struct Invalid: Error, CustomStringConvertible {
        package let description: String

        /// - Parameters:
        ///   - value: The value.
        ///   - setting: Its setting.
        ///   - problem: The reason, to follow the name of the variable and, unless it is secret, the value.
        init(_ value: Configured.Value, of setting: Setting, problem: String) {
            let text = setting.isSecret ? "" : ": '\(Secrecy.masked(value.text))'"
            description = "\(value.source)\(text) \(problem)"
        }
    }

    /// The Unix socket to listen on; nil to listen on a port.
    var socket: FilePath?
    /// The permissions of its file.
    var socketPermissions: FilePermissions = [.ownerReadWrite, .groupReadWrite]
    /// The file of the certificate chain; nil to serve without TLS.
    package internal(set) var certificateChain: FilePath?
    /// The file of its private key.
    var certificateKey: FilePath?
    /// The directory of the embedded database.
    package var dataDirectory = DataDirectory.standard
    /// The database to use; nil for the embedded one.
    package var database: ConnectionParameters?
    /// The password for the database, as it is set beside the URL.
    var databasePassword: String?
    /// The database as the login by which people's own SQL is run; nil for that of the embedded one, or none.
    package var queryDatabase: ConnectionParameters?
    /// The address on which the embedded database takes connections that read.
    var readersHost = "127.0.0.1"
    /// Its port; 0 for none.
    var readersPort = 0
    /// The password of these connections.
    var readersPassword: String?
    /// The same, checked; nil for none.
    package private(set) var listening: EmbeddedPostgres.Listening?
    /// The folder of questions in SQL; nil for none.
    package var queries: FilePath?
    /// The flavour of the schema; nil to take TimescaleDB where it is available.
    package var flavour: Flavour?
    package var logLevel = Logger.Level.info
    package var server = ServerSettings()
    package var queue = Batcher.Limits()
    package var store = PostgresStore.Configuration()
    package var maintenance = Maintenance.Configuration()
    package var spool = DataPlace.auto
    package var spoolLimits = Spool.Limits()
    /// The earliest time of an event.
    var earliest = AcceptedTimes().earliest
    /// The time by which an event may be ahead of the server's clock.
    var ahead = AcceptedTimes().ahead
    /// Requests that an address may make in a second; 0 for any number.
    var rateLimit = 0
    /// Requests that an address may make at once, if `rateLimit` is not 0.
    var rateBurst = 100
    /// Hits that an address may send in a second with a write key or without one; 0 for any number.
    var hitRate = 50
    /// Hits that it may send at once, if `hitRate` is not 0.
    var hitBurst = 1_000
    package var geoDatabase = DataPlace.auto
    /// The URL that the GeoIP database is downloaded from; a secret, since it may contain a token.
    package var geoURL: String?
    /// The name of the account for the download; empty for none.
    package var geoAccount = ""
    /// The password of that account.
    package var geoLicenseKey: String?
    /// The file of the rules for user agents; nil for that beside the program.
    package var agentRules: FilePath?
    /// The file of hosts whose pages are no referrers; nil for none.
    package var spamHosts: FilePath?
    /// Variables that Kubernetes sets for a service of our name, and that are no settings.
    package var ignored: [String] = []

    /// The defaults of all settings.
    package init() {}

    /// Reads and checks what is set.
    package init(_ configured: Configured) throws(Invalid) {
        for setting in Setting.all {
            guard let value = configured.given(setting) else { continue }
            try setting.read(value, into: &self)
        }
        try addPassword(configured)
        try checkProxies(configured)
        try checkPaths(configured)
        try checkCertificate(configured)
        try checkReaders(configured)
        ignored = configured.ignored
        combine()
    }

    /// The directory of the spool; nil for no spool.
    package var spoolDirectory: FilePath? {
        path(spool, name: "spool")
    }

    /// The file of the GeoIP database, which need not exist; nil to find no places.
    package var geoDatabaseFile: FilePath? {
        path(geoDatabase, name: "geoip.mmdb")
    }

    private func path(_ place: DataPlace, name: String) -> FilePath? {
        switch place {
        case .auto: database == nil ? dataDirectory.appending(name) : nil
        case .off: nil
        case .path(let path): path
        }
    }

    private mutating func addPassword(_ configured: Configured) throws(Invalid) {
        guard let text = databasePassword else { return }
        let (url, password) = (configured.value(.databaseURL), configured.value(.databasePassword))
        guard let parameters = database else {
            let problem = "is set, and no DATABASE_URL that it could belong to"
            throw Invalid(password, of: .databasePassword, problem: problem)
        }
        guard !parameters.hasPassword else {
            let problem = "contains a password and \(password.source) is set: remove one of them"
            throw Invalid(url, of: .databaseURL, problem: problem)
        }
        database = parameters.with(password: text)
    }

    private func checkProxies(_ configured: Configured) throws(Invalid) {
        guard server.http.clients.expectsProxyHeader, server.http.clients.proxies.isEmpty else { return }
        let value = configured.value(.proxyProtocol)
        let problem = "closes every connection while \(Setting.trustedProxies.variable) names no proxy"
        throw Invalid(value, of: .proxyProtocol, problem: problem)
    }

    private func checkPaths(_ configured: Configured) throws(Invalid) {
        guard !server.trackerPath.collides(with: server.collectPath) else {
            let problem = "is a path of the tracker, which is at \(server.trackerPath.text)"
            throw Invalid(configured.value(.collectPath), of: .collectPath, problem: problem)
        }
    }

    private func checkCertificate(_ configured: Configured) throws(Invalid) {
        guard (certificateChain == nil) != (certificateKey == nil) else { return }
        let settings: (given: Setting, missing: Setting) =
            certificateKey == nil ? (.certificateChain, .certificateKey) : (.certificateKey, .certificateChain)
        let problem = "needs \(settings.missing.variable) too"
        throw Invalid(configured.value(settings.given), of: settings.given, problem: problem)
    }

    private mutating func checkReaders(_ configured: Configured) throws(Invalid) {
        guard readersPort != 0 else { return }
        let port = configured.value(.readersPort)
        guard database == nil else {
            let problem = "is for the embedded database: give a login of your own database the role hourglass_read"
            throw Invalid(port, of: .readersPort, problem: problem)
        }
        guard let readersPassword else {
            throw Invalid(port, of: .readersPort, problem: "needs \(Setting.readersPassword.variable) too")
        }
        let password = configured.value(.readersPassword)
        guard readersPassword.count >= Self.leastPassword else {
            let problem = "is too short: it needs at least \(Self.leastPassword) characters"
            throw Invalid(password, of: .readersPassword, problem: problem)
        }
        listening = EmbeddedPostgres.Listening(host: readersHost, port: readersPort, password: readersPassword)
        guard listening == nil else { return }
        guard EmbeddedPostgres.Listening(host: readersHost, port: readersPort, password: "") != nil else {
            throw Invalid(configured.value(.readersHost), of: .readersHost, problem: "is no host name or address")
        }
        throw Invalid(password, of: .readersPassword, problem: "contains a control character")
    }

    /// The least characters of a password by which the database can be read from outside.
    private static let leastPassword = 12

    /// Sets the values of the parts that follow from several settings or from this machine.
    private mutating func combine() {
        server.retentionDays = maintenance.retention.map { Int($0.components.seconds / 86_400) }
        server.acceptedTimes = AcceptedTimes(earliest: earliest, ahead: ahead, retention: maintenance.retention)
        server.http.rate = rateLimit == 0 ? nil : Rate(perSecond: rateLimit, burst: rateBurst)
        server.senderRate = hitRate == 0 ? nil : Rate(perSecond: hitRate, burst: hitBurst)
        server.writtenPaths = [spoolDirectory, database == nil ? dataDirectory : nil].compactMap { $0?.string }
        server.http.socket = socket.map { UnixSocket($0, permissions: socketPermissions) }
        server.http.maximumConnections = min(server.http.maximumConnections, FileLimit.forConnections)
        guard spoolDirectory != nil else { return }
        // Long enough for a connection to be made anew; what takes longer waits on the disk.
        store.retryFor = .milliseconds(250)
        store.doubt = .milliseconds(250)
        store.silence = .seconds(10)
    }
}

extension Settings {
    /// True if the server is reached by TLS.
    package var hasCertificate: Bool { certificateChain != nil }

    /// Reads the certificate and its key; nil to serve without TLS.
    ///
    /// - Throws: `CertificateFailure`
    package func certificate() throws(CertificateFailure) -> ServerCertificate? {
        guard let certificateChain, let certificateKey else { return nil }
        return try ServerCertificate(chain: certificateChain, key: certificateKey)
    }

    /// The place that the server listens on, for people.
    ///
    /// - Parameter port: The port; 0 for a Unix socket.
    /// - Returns: A URL, or the path of the socket.
    func listeningURL(port: Int) -> String {
        guard port != 0 else { return server.http.socket.map { "unix:\($0.path)" } ?? "an inherited socket" }
        // An IPv6 address stands in brackets (RFC 3986, section 3.2.2).
        let host = server.http.host.contains(":") ? "[\(server.http.host)]" : server.http.host
        return "\(hasCertificate ? "https" : "http")://\(host):\(port)"
    }

    /// The address by which browsers reach the server, as far as the settings tell.
    ///
    /// - Parameter port: The port on which it listens; 0 for a Unix socket.
    /// - Returns: The public address, or else that of the host and the port, or of this machine's proxy.
    package func address(port: Int) -> ServerAddress? {
        if let address = server.publicURL { return address }
        return ServerAddress(port == 0 ? "http://localhost" : listeningURL(port: port))
    }
}

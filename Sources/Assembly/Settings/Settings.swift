import Analytics
import FoundationEssentials
import HTTP
package import Ingest
package import Logging
import NIOCore
package import Postgres
package import Schema
package import Server
package import Spool
package import Store
package import SystemPackage

/// All settings, checked.
package struct Settings: Sendable {
    /// A value that cannot be taken; the description holds no secret.
    package struct Invalid: Error, CustomStringConvertible {
        package let description: String

        fileprivate init(_ value: Configured.Value, wanted: String) {
            description = "\(value.source): '\(Secrecy.masked(value.text))' is not \(wanted)"
        }

        fileprivate init(_ secret: Configured.Value, problem: String) {
            description = "\(secret.source) \(problem)"
        }
    }

    package let dataDirectory: FilePath
    /// nil for the embedded database.
    package let database: ConnectionParameters?
    /// nil to choose by what is available.
    package let flavour: Flavour?
    package let logLevel: Logger.Level
    package let server: ServerSettings
    package let queue: Batcher.Limits
    package let store: Store.Configuration
    package let maintenance: Maintenance.Configuration
    /// nil for no spool.
    package let spool: FilePath?
    package let spoolLimits: Spool.Limits
    /// Variables that are set and are no settings of ours, for a warning.
    package let ignored: [String]

    package init(_ configured: Configured) throws(Invalid) {
        dataDirectory = Self.absolute(configured.value(.dataDirectory).text)
        database = try Self.database(configured)
        flavour = try Self.flavour(configured)
        logLevel = try configured.choice(.logLevel, "a log level", Logger.Level.init(rawValue:))
        server = try Self.server(configured)
        queue = try Self.queue(configured)
        store = try Self.store(configured)
        maintenance = try Self.maintenance(configured)
        spool = Self.spool(configured)
        spoolLimits = try Self.spoolLimits(configured)
        ignored = configured.ignored
    }

    private static func database(_ configured: Configured) throws(Invalid) -> ConnectionParameters? {
        let (url, password) = (configured.value(.databaseURL), configured.value(.databasePassword))
        if url.text.isEmpty {
            guard password.text.isEmpty else {
                throw Invalid(password, problem: "is set, and no DATABASE_URL that it could belong to")
            }
            return nil
        }
        let parameters: ConnectionParameters
        do throws(ConnectionParameters.Malformed) { parameters = try ConnectionParameters(parsing: url.text) } catch {
            throw Invalid(url, problem: "\(error)")
        }
        if password.text.isEmpty { return parameters }
        guard !parameters.hasPassword else {
            throw Invalid(url, problem: "holds a password and \(password.source) is set: remove one of them")
        }
        return parameters.with(password: password.text)
    }

    private static func absolute(_ path: String) -> FilePath {
        let path = FilePath(path)
        return path.isAbsolute ? path : FilePath(FileManager.default.currentDirectoryPath).appending(path.components)
    }

    private static func flavour(_ configured: Configured) throws(Invalid) -> Flavour? {
        if configured.value(.flavour).text == "auto" { return nil }
        return try configured.choice(.flavour, "auto, timescaledb or postgres", Flavour.init(rawValue:))
    }

    /// Without a database URL the data directory is there for it.
    private static func spool(_ configured: Configured) -> FilePath? {
        switch configured.value(.spool).text {
        case "off": nil
        case "auto" where !configured.value(.databaseURL).text.isEmpty: nil
        case "auto": absolute(configured.value(.dataDirectory).text).appending("spool")
        case let directory: absolute(directory)
        }
    }

    private static func spoolLimits(_ configured: Configured) throws(Invalid) -> Spool.Limits {
        var limits = Spool.Limits()
        limits.bytes = try configured.number(.spoolSize, (1 << 20)...(1 << 50))
        return limits
    }

    private static func server(_ configured: Configured) throws(Invalid) -> ServerSettings {
        var server = ServerSettings()
        server.http.host = configured.value(.host).text
        server.http.port = try configured.number(.port, 0...65_535)
        server.isStrict = try configured.choice(.strict, "true or false", Bool.init)
        server.acceptedTimes = AcceptedTimes(
            earliest: Timestamp(seconds: try configured.number(.earliest, 0...Timestamp.latest.milliseconds / 1000)),
            ahead: .seconds(try configured.number(.ahead, 0...315_360_000)),
            retention: try configured.days(.retention)
        )
        server.http.maximumBody = try configured.number(.maximumBody, 1...(1 << 30))
        server.maximumInflated = try configured.number(.maximumInflated, 1...(1 << 30))
        server.bodyMemory = try configured.number(.bodyMemory, 1...(1 << 40))
        server.maximumEvents = try configured.number(.maximumEvents, 1...10_000_000)
        server.http.maximumConnections = min(
            try configured.number(.connections, 1...1_000_000),
            FileLimit.forConnections
        )
        server.http.idleTimeout = .seconds(Int64(try configured.number(.idleTimeout, 1...86_400)))
        server.http.requestTimeout = .seconds(Int64(try configured.number(.requestTimeout, 1...86_400)))
        server.http.rate = try rate(configured)
        return server
    }

    private static func rate(_ configured: Configured) throws(Invalid) -> Rate? {
        let perSecond = try configured.number(.rateLimit, 0...1_000_000)
        let burst = try configured.number(.rateBurst, 1...1_000_000)
        return perSecond == 0 ? nil : Rate(perSecond: perSecond, burst: burst)
    }

    private static func queue(_ configured: Configured) throws(Invalid) -> Batcher.Limits {
        var queue = Batcher.Limits()
        queue.pending = try configured.number(.queue, 1...100_000_000)
        queue.writers = try configured.number(.writers, 1...64)
        return queue
    }

    private static func store(_ configured: Configured) throws(Invalid) -> Store.Configuration {
        var store = Store.Configuration()
        store.writers = try configured.number(.writers, 1...64)
        store.readers = try configured.number(.readers, 1...64)
        store.live.users = try configured.number(.liveUsers, 0...1_000_000_000)
        if spool(configured) != nil {
            // Long enough for a connection to be made anew; what takes longer waits on the disk.
            store.patience = .milliseconds(250)
            store.doubt = .milliseconds(250)
            store.silence = .seconds(10)
        }
        return store
    }

    private static func maintenance(_ configured: Configured) throws(Invalid) -> Maintenance.Configuration {
        var maintenance = Maintenance.Configuration()
        maintenance.retention = try configured.days(.retention)
        maintenance.compressAfter = try configured.days(.compressAfter)
        return maintenance
    }
}

extension Configured {
    /// A whole number within a range.
    fileprivate func number(_ setting: Setting, _ range: ClosedRange<Int>) throws(Settings.Invalid) -> Int {
        try choice(setting, "a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// A number of days, up to a hundred years; nil for 0.
    fileprivate func days(_ setting: Setting) throws(Settings.Invalid) -> Duration? {
        let days = try number(setting, 0...36_500)
        return days == 0 ? nil : .seconds(days * 86_400)
    }

    /// One of a few values.
    fileprivate func choice<Parsed>(
        _ setting: Setting,
        _ wanted: String,
        _ parse: (String) -> Parsed?
    ) throws(Settings.Invalid) -> Parsed {
        let value = value(setting)
        guard let parsed = parse(value.text) else { throw Settings.Invalid(value, wanted: wanted) }
        return parsed
    }
}

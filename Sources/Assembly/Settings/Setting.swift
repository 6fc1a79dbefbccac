/// Something that can be set: by a flag of its name, by `HOURGLASS_…` in the environment or in `.env`.
///
/// For a secret there is also a variable with `_FILE` behind its name: the path of a file that holds it.
package enum Setting: String, CaseIterable, Sendable {
    case host
    case port
    case dataDirectory = "data-dir"
    case databaseURL = "database-url"
    case databasePassword = "database-password"
    case flavour
    case spool
    case spoolSize = "spool-size"
    case strict
    case earliest
    case ahead
    case maximumBody = "max-body"
    case maximumInflated = "max-inflated"
    case bodyMemory = "body-memory"
    case maximumEvents = "max-events"
    case queue
    case liveUsers = "live-users"
    case retention
    case compressAfter = "compress-after"
    case writers
    case readers
    case connections
    case idleTimeout = "idle-timeout"
    case requestTimeout = "request-timeout"
    case rateLimit = "rate-limit"
    case rateBurst = "rate-burst"
    case logLevel = "log-level"

    /// The variable of the environment.
    package var variable: String {
        "HOURGLASS_" + rawValue.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
    }

    /// The variable that other programs use for the same, and that is read when ours is not set.
    package var customaryVariable: String? {
        switch self {
        case .port: "PORT"
        case .databaseURL: "DATABASE_URL"
        default: nil
        }
    }

    /// True if its value, or a part of it, must not be printed.
    package var isSecret: Bool { self == .databaseURL || self == .databasePassword }

    package var defaultValue: String {
        switch self {
        case .host: "127.0.0.1"
        case .port: "8080"
        case .dataDirectory: DataDirectory.standard
        case .databaseURL, .databasePassword: ""
        case .flavour: "auto"
        case .spool: "auto"
        case .spoolSize: "1073741824"
        case .strict: "false"
        case .earliest: "0"
        case .ahead: "86400"
        case .maximumBody: "16777216"
        case .maximumInflated: "67108864"
        case .bodyMemory: "16777216"
        case .maximumEvents: "100000"
        case .queue: "100000"
        case .liveUsers: "2000000"
        case .retention: "0"
        case .compressAfter: "7"
        case .writers: "4"
        case .readers: "4"
        case .connections: "10000"
        case .idleTimeout: "75"
        case .requestTimeout: "25"
        case .rateLimit: "0"
        case .rateBurst: "100"
        case .logLevel: "info"
        }
    }

    /// What it means, in a line.
    package var help: String {
        switch self {
        case .host: "Address to listen on."
        case .port: "Port to listen on; 0 takes a free one."
        case .dataDirectory: "Where the embedded database lives; unused with a database URL."
        case .databaseURL: "PostgreSQL to use instead of the embedded one; with a password better not as a flag."
        case .databasePassword: "Password for a database URL that has none."
        case .flavour: "auto, timescaledb or postgres; auto takes TimescaleDB where it is available."
        case .spool:
            "Where events wait on the disk while the database is away: auto, off or a directory; auto is off with a "
                + "database URL."
        case .spoolSize: "Largest spool, in bytes."
        case .strict: "Answer 400 to what cannot be stored, instead of 204 with Analytics-Rejected."
        case .earliest: "Earliest time of an event, in seconds since 1970."
        case .ahead: "How far an event may be ahead of the server's clock, in seconds."
        case .maximumBody: "Largest body, in bytes."
        case .maximumInflated: "Largest body after gzip, in bytes."
        case .bodyMemory: "Bytes that all bodies together may take before further ones get 503."
        case .maximumEvents: "Most events in one request."
        case .queue: "Events that may wait to be stored before requests get 503."
        case .liveUsers: "Users of the last hours to keep in memory; 0 asks the database instead."
        case .retention: "Days after which events are dropped and no more are taken; 0 keeps them. Answers stay."
        case .compressAfter: "Days after which TimescaleDB compresses events; 0 never does."
        case .writers: "Database connections that store."
        case .readers: "Database connections that answer."
        case .connections: "Client connections at the same time."
        case .idleTimeout: "Seconds after which an idle connection is closed."
        case .requestTimeout: "Seconds that a request may take to arrive, and an answer to be taken."
        case .rateLimit: "Requests that an address may make in a second; 0 sets no limit."
        case .rateBurst: "Requests that an address may make at once."
        case .logLevel: "trace, debug, info, notice, warning, error or critical."
        }
    }
}

/// The figures of a server between two readings; those that a server does not tell, or that need a second reading, are nil.
struct Figures: Encodable, Sendable {
    /// Times, in seconds.
    struct Times: Encodable, Sendable {
        var p50: Double?
        var p95: Double?
        var p99: Double?
    }

    /// A part of something that has a limit.
    struct Fill: Encodable, Sendable {
        var used: Double
        var limit: Double

        /// The share, from 0 to 1.
        var share: Double { limit > 0 ? min(1, max(0, used / limit)) : 0 }
    }

    /// A file system with data of the server.
    struct Disk: Encodable, Sendable {
        let path: String
        let fill: Fill
    }

    /// A task in the background.
    struct BackgroundTask: Encodable, Sendable {
        let name: String
        /// Seconds since the last success; nil before the first.
        let age: Double?
        let failures: Double
    }

    /// A processor of the machine.
    struct Core: Encodable, Sendable {
        let name: String
        /// The share of the time in which it was not idle, from 0 to 1.
        let busy: Double
    }

    /// Input that was refused for a reason.
    struct Refused: Encodable, Sendable {
        /// The reason, such as `user: empty`.
        let reason: String
        /// The number since the start of the process.
        let count: Double
        /// The number a second; nil without a second reading.
        let rate: Double?
    }

    /// Bytes a second over the networks of this machine.
    struct Network: Encodable, Sendable {
        let received: Double
        let sent: Double
    }

    /// A process of the server or of its database on this machine.
    struct LocalProcess: Encodable, Sendable {
        let id: Int
        let title: String
        /// Processors that it keeps busy; nil without a second reading.
        let cpu: Double?
        /// Bytes.
        let memory: Double
        let threads: Double
    }

    /// Seconds since 1970.
    let at: Double
    var version: String?
    /// Seconds since the start of the process.
    var uptime: Double?
    /// `ready`, `degraded` or `unready`.
    var status: String?
    /// The checks that fail or have a remark, with their texts.
    var notes: [String: String] = [:]

    /// Requests a second, by the first digit of the status.
    var requests: [String: Double]?
    var requestTimes: Times?
    /// Events and hits a second, and those that were refused.
    var events: Double?
    var hits: Double?
    var rejected: Double?

    var queue: Fill?
    var bodies: Fill?
    /// Batches a second, the mean number of their events, and the times of their commits.
    var batches: Double?
    var batchEvents: Double?
    var commitTimes: Times?
    var spool: Fill?
    var spoolAge: Double?
    var setAside: Double?
    var streams: Double?
    var isFollowing: Bool?

    /// Processors that the process keeps busy.
    var cpu: Double?
    /// Bytes.
    var memory: Double?
    var files: Fill?
    /// The mean number of runnable processes of the last 1, 5 and 15 minutes.
    var load: [Double]?
    var processors: Double?
    /// Memory of the machine in bytes.
    var machineMemory: Fill?
    var disks: [Disk] = []
    /// Processors, once there are two readings.
    var cores: [Core] = []
    /// Known of a server on this machine alone, and only where they are shown.
    var network: Network?
    var processes: [LocalProcess] = []
    /// Bytes of the database.
    var database: Double?

    var parts: Double?
    /// Bytes.
    var partMemory: Double?
    var waitingQuestions: Double?
    var scanTimes: Times?
    var tasks: [BackgroundTask] = []

    var refused: [Refused] = []
    /// Fields of hits that were cut or left out since the start of the process, by name.
    var trimmed: [String: Double] = [:]
    /// Numbers since the start of the process.
    var batchesResent: Double?
    var requestsReplayed: Double?
    var refusedByDatabase: Double?
    var refusedBySpool: Double?

    /// Requests a second of all statuses.
    var allRequests: Double? { requests.map { $0.values.reduce(0, +) } }

    /// Refused events a second for all reasons; nil without a second reading.
    var allRefused: Double? {
        let rates = refused.compactMap(\.rate)
        return rates.isEmpty ? rejected : rates.reduce(0, +)
    }
}

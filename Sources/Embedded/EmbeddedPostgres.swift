import Files
import FoundationEssentials
package import Logging
package import SystemPackage

/// A private PostgreSQL in a data directory, started and stopped with the server, and reachable through a unix socket that
/// only its owner can access, and, where that is asked for, through TCP for a login that can only read.
///
/// The directory holds `postgres` (the database itself), `socket` and `hourglass.lock`.
package struct EmbeddedPostgres: Sendable {
    /// The superuser, for migrations.
    package static let administrator = "postgres"
    /// The login role of the server, without any rights until roles are granted to it.
    package static let login = "hourglass"
    /// The login by which people's own SQL is run.
    package static let queryLogin = "hourglass_query"
    package static let database = "hourglass"
    /// The least value of `max_connections`: room for users of the database beside the server.
    package static let leastConnections = 50

    /// A user of the data directory, of which there is one at a time.
    package enum Holder: String, Sendable {
        case server
        /// A command, which runs PostgreSQL for a moment while no server does.
        case command
    }

    /// The longest wait for a command to end, and for a server to start.
    package static let longestWait: Duration = .seconds(30)

    /// The longest time for PostgreSQL to start, in seconds; recovery from a crash can take minutes.
    private static let startTimeout = 300

    let directory: FilePath
    let binaries: PostgresBinaries
    let logger: Logger
    /// `max_connections` of PostgreSQL.
    let connections: Int
    /// The address for other programs, which read; nil for none.
    let listening: Listening?
    /// Locks the data directory for as long as it is in use.
    private let lock: FileLock

    /// The port of its sockets where none is asked for.
    static let standardPort = 5_432

    /// The port of TCP, and in the name of the Unix socket.
    var port: Int { listening?.port ?? Self.standardPort }
    var data: FilePath { directory.appending("postgres") }
    var socket: FilePath { directory.appending("socket") }
    private var pidFile: FilePath { data.appending("postmaster.pid") }
    /// The log of `pg_ctl`, with PostgreSQL's messages before its logging collector starts.
    private var log: FilePath { directory.appending("postgres.log") }

    /// Creates the data directory if it is missing, and locks it against other servers and commands.
    ///
    /// Waits for a command that holds it.
    ///
    /// - Parameters:
    ///   - directory: The data directory. If hourglass runs as root, the user `postgres` must have access to its parents.
    ///   - connections: The most connections of the server; `max_connections` is at least `leastConnections`.
    ///   - listening: The address for other programs, which read; nil for none.
    ///   - holder: The user of the directory.
    ///   - logger: Logs every start and stop.
    /// - Throws: `Failure`; `inUse` while a server holds the directory.
    package init(
        _ directory: FilePath,
        connections: Int = 0,
        listening: Listening? = nil,
        holder: Holder = .server,
        logger: Logger
    ) async throws {
        try Self.check(directory, port: listening?.port ?? Self.standardPort)
        self.directory = directory
        self.listening = listening
        let readers = listening == nil ? 0 : Listening.mostConnections
        self.connections = max(Self.leastConnections, connections + readers)
        self.logger = logger
        binaries = try await PostgresBinaries.find()
        try await binaries.makeDirectory(directory)
        lock = try await Self.lock(directory, holder)
        try await binaries.makeDirectory(socket)
        // PostgreSQL could not create it in a directory of root.
        try await binaries.makeFile(log)
    }

    /// Locks a data directory, and notes in the lock file who has done so.
    private static func lock(_ directory: FilePath, _ holder: Holder) async throws -> FileLock {
        let path = directory.appending("hourglass.lock")
        let end = ContinuousClock.now + longestWait
        repeat {
            do {
                if let lock = try FileLock(path) {
                    try lock.file.resize(to: 0)
                    try lock.file.writeAll(toAbsoluteOffset: 0, Array("\(holder.rawValue)\n".utf8))
                    return lock
                }
            } catch Errno.permissionDenied {
                // Without access to the parent, the owner is not known.
                let attributes = try? FileManager.default.attributesOfItem(atPath: directory.string)
                throw Failure.otherUser(directory, owner: attributes?[.ownerAccountName] as? String)
            } catch {
                throw Failure.unusable(directory, reason: "its file hourglass.lock cannot be opened: \(error)")
            }
            // A file without a word is that of an earlier release, which only servers locked.
            let text = try? Data(contentsOf: URL(filePath: path.string))
            guard text == Data("\(Holder.command.rawValue)\n".utf8) else { break }
            try await Task.sleep(for: .milliseconds(50))
        } while .now < end
        throw Failure.inUse(directory)
    }

    /// Refuses a path that `pg_ctl`'s shell, libpq's list of hosts or a socket address cannot represent.
    private static func check(_ directory: FilePath, port: Int) throws(Failure) {
        let path = directory.string
        if path.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
            throw .unusable(directory, reason: "it contains a control character")
        }
        if let character = path.first(where: { "\"$`\\,".contains($0) }) {
            throw .unusable(directory, reason: "it contains '\(character)', which cannot be passed to PostgreSQL")
        }
        // `struct sockaddr_un` has room for 107 bytes.
        let excess = directory.appending("socket/.s.PGSQL.\(port)").string.utf8.count - 107
        if excess > 0 { throw .unusable(directory, reason: "its path is \(excess) bytes too long for a unix socket") }
    }

    /// Creates the database if it is missing, and starts PostgreSQL.
    ///
    /// A PostgreSQL that a killed server has left running is taken over. After an error or a cancellation PostgreSQL may be
    /// running: call `stop`.
    ///
    /// - Throws: `Failure`
    package func open() async throws {
        if !FileManager.default.fileExists(atPath: data.appending("PG_VERSION").string) { try await initialize() }
        let isAsBefore = try configure()
        // Some settings take effect only at a start.
        if !isAsBefore { try await stop() }
        try await start()
        try await makeDatabase()
    }

    /// The connection string for a role.
    package func url(role: String, database: String = EmbeddedPostgres.database) -> String {
        Self.url(directory, port: port, role: role, database: database)
    }

    /// The connection string for a role in the database of a data directory, which another process may run.
    package static func url(_ directory: FilePath, role: String) -> String {
        // The name of the socket ends in the port, which the other process may have been told.
        let port = LockFile(directory.appending("postgres/postmaster.pid")).port ?? standardPort
        return url(directory, port: port, role: role, database: database)
    }

    private static func url(_ directory: FilePath, port: Int, role: String, database: String) -> String {
        "host=\(quoted(directory.appending("socket"))) port=\(port) user=\(role) dbname=\(database)"
    }

    /// A path quoted for libpq and `postgresql.conf`.
    static func quoted(_ path: FilePath) -> String {
        "'\(path.string.replacing("'", with: "\\'"))'"
    }

    /// True if the TimescaleDB extension is installed for this PostgreSQL.
    package var hasTimescaleDB: Bool { binaries.hasTimescaleDB }

    /// Starts PostgreSQL unless it runs, and waits until it accepts connections.
    package func start() async throws {
        try await waitForTransition()
        if isRunning {
            logger.info("took over the running PostgreSQL", metadata: ["data": "\(data)"])
            return
        }
        for lock in [pidFile, socket.appending(".s.PGSQL.\(port).lock")] {
            try LockFile(lock).release(unlessBy: data)
        }
        let start = Date.now
        do {
            try await binaries.run(
                "pg_ctl",
                ["start", "-D", data.string, "-l", log.string, "-w", "-t", "\(Self.startTimeout)", "-s"]
            )
        } catch Failure.command(_, let output) {
            throw Failure.start(output, logs: LogEnd.all(log, in: data.appending("log"), since: start))
        }
        logger.info("started PostgreSQL", metadata: ["data": "\(data)", "version": "\(binaries.version)"])
    }

    /// Waits while a PostgreSQL left by a previous server is starting or stopping.
    private func waitForTransition() async throws {
        let deadline = ContinuousClock.now + .seconds(Self.startTimeout)
        while isRunning, LockFile(pidFile).isChanging, .now < deadline { try await Task.sleep(for: .milliseconds(50)) }
    }

    /// Stops PostgreSQL, which rolls open transactions back and writes all data to disk.
    package func stop() async throws {
        guard isRunning else { return }
        try await binaries.run("pg_ctl", ["stop", "-D", data.string, "-m", "fast", "-w", "-t", "120", "-s"])
        logger.info("stopped PostgreSQL")
    }

    /// True while PostgreSQL runs on this data directory.
    var isRunning: Bool { LockFile(pidFile).owner(of: data) == .postgres }

    private func initialize() async throws {
        logger.info("creating a database", metadata: ["data": "\(data)"])
        // A missing directory counts as empty.
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: data.string)) ?? []
        guard entries.isEmpty else { throw Failure.unusable(data, reason: "it contains files but no database") }
        try removeParts()
        // Created under a temporary name and renamed when complete: `initdb` writes PG_VERSION first, so after a crash an
        // incomplete database would look complete. The name is unique because the `initdb` of a killed server may go on.
        let part = directory.appending("\(Self.part)\(UUID().uuidString)")
        try await binaries.makeDirectory(part)
        // Writers wait while a new WAL segment is filled with zeros: 20 ms and more for the default size of 16 MB.
        try await binaries.run(
            "initdb",
            [
                "-D", part.string, "-U", Self.administrator, "--encoding=UTF8", "--locale=C", "--auth=reject",
                "--data-checksums", "--no-instructions", "--wal-segsize=4",
            ]
        )
        try FileManager.default.moveItem(atPath: part.string, toPath: data.string)
    }

    /// The prefix of the names of incomplete databases.
    private static let part = "postgres.new-"

    /// Removes incomplete databases of earlier starts, and an empty directory in place of the database.
    private func removeParts() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: directory.string)
        where name.hasPrefix(Self.part) {
            // A leftover that cannot be removed only takes space.
            try? FileManager.default.removeItem(atPath: "\(directory)/\(name)")
        }
        if FileManager.default.fileExists(atPath: data.string) {
            try FileManager.default.removeItem(atPath: data.string)
        }
    }

    private func makeDatabase() async throws {
        let script = """
            SELECT 'CREATE ROLE \(Self.login) LOGIN NOINHERIT' \
            WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '\(Self.login)') \\gexec
            SELECT 'CREATE ROLE \(Self.queryLogin) LOGIN NOINHERIT' \
            WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '\(Self.queryLogin)') \\gexec
            ALTER ROLE \(Self.queryLogin) SET temp_file_limit = '1GB';
            SELECT 'CREATE DATABASE \(Self.database)' \
            WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '\(Self.database)') \\gexec
            """
        let url = url(role: Self.administrator, database: "postgres")
        do {
            try await binaries.psql(url, script)
        } catch is Failure {
            // PostgreSQL may still be working on the statement of a killed process, and then has what is missing.
            try await binaries.psql(url, script)
        }
    }
}

import FoundationEssentials
package import Logging
package import SystemPackage

/// A private PostgreSQL in a data directory: reached by a unix socket that only its owner can enter, started and stopped
/// with the server.
///
/// The directory holds `postgres` (the database itself), `socket` and `hourglass.lock`.
package struct EmbeddedPostgres: Sendable {
    /// The superuser, for migrations.
    package static let administrator = "postgres"
    /// The login of the server, which can do nothing until it is given roles.
    package static let login = "hourglass"
    package static let database = "hourglass"

    /// The time that PostgreSQL gets to start, in seconds: it may have to recover from a crash.
    private static let patience = 300

    let directory: FilePath
    let binaries: PostgresBinaries
    let logger: Logger
    /// `max_connections` of PostgreSQL.
    let connections: Int
    private let lock: DirectoryLock

    var data: FilePath { directory.appending("postgres") }
    var socket: FilePath { directory.appending("socket") }
    private var pidFile: FilePath { data.appending("postmaster.pid") }
    /// The log of `pg_ctl`, for what PostgreSQL says before its logging collector runs.
    private var log: FilePath { directory.appending("postgres.log") }

    /// Makes the data directory where there is none, and keeps other servers out of it as long as it is in use.
    ///
    /// - Parameters:
    ///   - directory: Created if missing. Started as root, it must be reachable for the user `postgres`.
    ///   - connections: The connections that the server makes at most; PostgreSQL takes 50 or more.
    ///   - logger: Is told of every start and stop.
    /// - Throws: `Failure`
    package init(_ directory: FilePath, connections: Int = 0, logger: Logger) async throws {
        try Self.check(directory)
        self.directory = directory
        self.connections = max(50, connections)
        self.logger = logger
        binaries = try await PostgresBinaries.find()
        try await binaries.makeDirectory(directory)
        lock = try DirectoryLock(directory)
        try await binaries.makeDirectory(socket)
        // In a directory of root PostgreSQL could not make it.
        try await binaries.makeFile(log)
    }

    /// Refuses a path that does not go through the shell inside `pg_ctl`, a list of hosts or the address of a socket.
    private static func check(_ directory: FilePath) throws(Failure) {
        let path = directory.string
        if path.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
            throw .unusable(directory, reason: "it has a control character")
        }
        if let character = path.first(where: { "\"$`\\,".contains($0) }) {
            throw .unusable(directory, reason: "it has a \(character) in it, which does not reach PostgreSQL as it is")
        }
        // `struct sockaddr_un` has room for 107 bytes.
        let excess = directory.appending("socket/.s.PGSQL.5432").string.utf8.count - 107
        if excess > 0 { throw .unusable(directory, reason: "it is \(excess) bytes too long for a unix socket in it") }
    }

    /// Makes the database where there is none, and starts PostgreSQL.
    ///
    /// One that still runs, because the server before was killed, is taken over. When this fails, or is cancelled,
    /// PostgreSQL may be running: `stop` it.
    ///
    /// - Throws: `Failure`
    package func open() async throws {
        if !FileManager.default.fileExists(atPath: data.appending("PG_VERSION").string) { try await initialize() }
        let isAsBefore = try configure()
        // Some of the settings count from the next start only.
        if !isAsBefore { try await stop() }
        try await start()
        try await makeDatabase()
    }

    /// Where a role connects to.
    package func url(role: String, database: String = EmbeddedPostgres.database) -> String {
        "host=\(Self.quoted(socket)) port=5432 user=\(role) dbname=\(database)"
    }

    /// A path in quotes, as libpq and `postgresql.conf` read it.
    static func quoted(_ path: FilePath) -> String {
        "'\(path.string.replacing("'", with: "\\'"))'"
    }

    /// Whether the extension is installed for this PostgreSQL.
    package var hasTimescaleDB: Bool { binaries.hasTimescaleDB }

    /// Starts PostgreSQL unless it runs, and waits until it takes connections.
    package func start() async throws {
        try await settle()
        if isRunning {
            logger.info("took over the running PostgreSQL", metadata: ["data": "\(data)"])
            return
        }
        for lock in [pidFile, socket.appending(".s.PGSQL.5432.lock")] {
            try LockFile(lock).release(unlessBy: data)
        }
        let start = Date.now
        do {
            try await binaries.run(
                "pg_ctl",
                ["start", "-D", data.string, "-l", log.string, "-w", "-t", "\(Self.patience)", "-s"]
            )
        } catch Failure.command(_, let output) {
            throw Failure.start(output, logs: LogEnd.all(log, in: data.appending("log"), since: start))
        }
        logger.info("started PostgreSQL", metadata: ["data": "\(data)", "version": "\(binaries.version)"])
    }

    /// Waits as long as a PostgreSQL that a server before has left is starting or stopping.
    private func settle() async throws {
        let deadline = ContinuousClock.now + .seconds(Self.patience)
        while isRunning, LockFile(pidFile).isChanging, .now < deadline { try await Task.sleep(for: .milliseconds(50)) }
    }

    /// Stops PostgreSQL: it rolls back what is open and writes everything to the disk.
    package func stop() async throws {
        guard isRunning else { return }
        try await binaries.run("pg_ctl", ["stop", "-D", data.string, "-m", "fast", "-w", "-t", "120", "-s"])
        logger.info("stopped PostgreSQL")
    }

    /// True while PostgreSQL runs on this data directory.
    var isRunning: Bool { LockFile(pidFile).owner(of: data) == .postgres }

    private func initialize() async throws {
        logger.info("making a database", metadata: ["data": "\(data)"])
        // No such directory: then nothing is in it.
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: data.string)) ?? []
        guard entries.isEmpty else { throw Failure.unusable(data, reason: "it has files in it and no database") }
        try removeParts()
        // Under its name it is whole: a crash in the middle leaves a part, and that begins with the file that marks it.
        // Each part has a name of its own, for the `initdb` of a server that was killed goes on for a moment.
        let part = directory.appending("\(Self.part)\(UUID().uuidString)")
        try await binaries.makeDirectory(part)
        // Writers wait while a new segment of the WAL is filled with zeros, for 20 ms and more at the usual 16 MB.
        try await binaries.run(
            "initdb",
            [
                "-D", part.string, "-U", Self.administrator, "--encoding=UTF8", "--locale=C", "--auth=reject",
                "--data-checksums", "--no-instructions", "--wal-segsize=4",
            ]
        )
        try FileManager.default.moveItem(atPath: part.string, toPath: data.string)
    }

    /// The beginning of the names of databases that are not finished.
    private static let part = "postgres.new-"

    /// Removes what starts before have left unfinished, and an empty directory in place of the database.
    private func removeParts() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: directory.string)
        where name.hasPrefix(Self.part) {
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
            SELECT 'CREATE DATABASE \(Self.database)' \
            WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '\(Self.database)') \\gexec
            """
        try await binaries.psql(url(role: Self.administrator, database: "postgres"), script)
    }
}

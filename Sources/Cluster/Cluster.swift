import FoundationEssentials
package import Logging
package import SystemPackage

/// A private PostgreSQL in a data directory: reached by a unix socket that only its owner can enter, started and stopped
/// with the server.
///
/// The directory holds `postgres` (the database itself), `socket` and `hourglass.lock`.
package struct Cluster: Sendable {
    /// Why there is no private PostgreSQL.
    package enum Failure: Error, CustomStringConvertible {
        case noBinaries
        case noAccount
        case inUse(FilePath)
        case pathTooLong(FilePath)
        case command(String, output: String)

        package var description: String {
            switch self {
            case .noBinaries:
                "no PostgreSQL 15 or later was found: install the package postgresql, or set DATABASE_URL"
            case .noAccount:
                "PostgreSQL does not run as root, and there is no user 'postgres' to run it as: create one, "
                    + "or start hourglass as another user"
            case .inUse(let directory):
                "another hourglass uses the data directory \(directory): stop it, or choose another with --data-dir"
            case .pathTooLong(let path):
                "the path \(path) is too long for a unix socket: choose a shorter one with --data-dir"
            case .command(let command, let output):
                "\(command) failed: \(output)"
            }
        }
    }

    /// The superuser, for migrations.
    package static let administrator = "postgres"
    /// The login of the server, which can do nothing until it is given roles.
    package static let login = "hourglass"
    package static let database = "hourglass"

    let directory: FilePath
    let tools: Tools
    let logger: Logger
    private let lock: DirectoryLock

    var data: FilePath { directory.appending("postgres") }
    var socket: FilePath { directory.appending("socket") }

    /// Makes the cluster where there is none, and starts it.
    ///
    /// One that still runs, because the server before was killed, is taken over.
    ///
    /// - Parameters:
    ///   - directory: Created if missing. Started as root, it must be reachable for the user `postgres`.
    ///   - logger: Is told of every start and stop.
    /// - Returns: The running cluster, with an empty database in it or the one of last time.
    /// - Throws: `Failure`
    package static func open(_ directory: FilePath, logger: Logger) async throws -> Cluster {
        let tools = try await Tools.find()
        let cluster = try await Cluster(directory, tools: tools, logger: logger)
        if !FileManager.default.fileExists(atPath: cluster.data.appending("PG_VERSION").string) {
            try await cluster.initialize()
        }
        try cluster.configure()
        try await cluster.start()
        try await cluster.makeDatabase()
        return cluster
    }

    private init(_ directory: FilePath, tools: Tools, logger: Logger) async throws {
        self.directory = directory
        self.tools = tools
        self.logger = logger
        try await tools.makeDirectory(directory)
        lock = try DirectoryLock(directory)
        try await tools.makeDirectory(socket)
        // `struct sockaddr_un` has room for 107 bytes.
        guard socket.appending(".s.PGSQL.5432").string.utf8.count <= 107 else { throw Failure.pathTooLong(socket) }
    }

    /// Where a role of the cluster connects to.
    package func url(role: String, database: String = Cluster.database) -> String {
        "host='\(socket)' port=5432 user=\(role) dbname=\(database)"
    }

    /// Whether the extension is installed for this PostgreSQL.
    package var hasTimescaleDB: Bool { tools.hasTimescaleDB }

    /// Starts PostgreSQL unless it runs, and waits until it takes connections.
    package func start() async throws {
        if isRunning {
            logger.info("took over the running PostgreSQL", metadata: ["data": "\(data)"])
            return
        }
        let log = directory.appending("postgres.log")
        try await tools.run("pg_ctl", ["start", "-D", data.string, "-l", log.string, "-w", "-t", "300", "-s"])
        logger.info("started PostgreSQL", metadata: ["data": "\(data)", "version": "\(tools.version)"])
    }

    /// Stops PostgreSQL: it rolls back what is open and writes everything to the disk.
    package func stop() async throws {
        guard isRunning else { return }
        try await tools.run("pg_ctl", ["stop", "-D", data.string, "-m", "fast", "-w", "-t", "120", "-s"])
        logger.info("stopped PostgreSQL")
    }

    /// The first line of `postmaster.pid`, if there is such a file.
    var processID: Int32? {
        guard let contents = try? Data(contentsOf: URL(filePath: data.appending("postmaster.pid").string)) else {
            return nil
        }
        return Int32(String(decoding: contents.prefix { $0 != 0x0A }, as: UTF8.self))
    }

    /// Whether the process of PostgreSQL lives.
    ///
    /// A dead one that nobody has waited for has no command line; and after a restart of a container its id may be that of
    /// another.
    var isRunning: Bool {
        guard let processID, let line = try? Data(contentsOf: URL(filePath: "/proc/\(processID)/cmdline")) else {
            return false
        }
        // pg_ctl may write the path in another way.
        let arguments = line.split(separator: 0).map { FilePath(String(decoding: $0, as: UTF8.self)) }
        return arguments.contains { $0.lexicallyNormalized() == data.lexicallyNormalized() }
    }

    private func initialize() async throws {
        logger.info("making a database", metadata: ["data": "\(data)"])
        // A crash in the middle leaves a part, which initdb would refuse to go on with.
        try? FileManager.default.removeItem(atPath: data.string)
        try await tools.makeDirectory(data)
        // Writers wait while a new segment of the WAL is filled with zeros, for 20 ms and more at the usual 16 MB.
        try await tools.run(
            "initdb",
            [
                "-D", data.string, "-U", Self.administrator, "--encoding=UTF8", "--locale=C", "--auth=reject",
                "--data-checksums", "--no-instructions", "--wal-segsize=4",
            ]
        )
    }

    /// Writes the settings anew at each start, so that a newer hourglass brings its own.
    private func configure() throws {
        let settings = """
            listen_addresses = ''
            unix_socket_directories = '\(socket)'
            unix_socket_permissions = 0700
            shared_buffers = 256MB
            max_connections = 50
            min_wal_size = 512MB
            max_wal_size = 4GB
            jit = off
            logging_collector = on
            log_directory = 'log'
            log_filename = 'postgresql-%a.log'
            log_truncate_on_rotation = on
            log_rotation_age = 1d
            log_rotation_size = 0
            """
        let extensionSettings = """

            shared_preload_libraries = 'timescaledb'
            timescaledb.telemetry_level = off
            timescaledb.max_background_workers = 0
            """
        // Who may be whom is decided by the operating system: the server's user is both roles, nobody else is any.
        try write(settings + (hasTimescaleDB ? extensionSettings : ""), to: "hourglass.conf")
        try write("local all all peer map=hourglass\n", to: "pg_hba.conf")
        let logins = [Self.administrator, Self.login]
        try write(logins.map { "hourglass \(tools.ownName) \($0)\n" }.joined(), to: "pg_ident.conf")
        try includeSettings()
    }

    private func includeSettings() throws {
        let path = data.appending("postgresql.conf").string
        let line = "\ninclude 'hourglass.conf'\n"
        let existing = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        if !existing.hasSuffix(line) { try write(existing + line, to: "postgresql.conf") }
    }

    private func write(_ text: String, to name: String) throws {
        let path = data.appending(name).string
        try Data(text.utf8).write(to: URL(filePath: path))
        // Written by root, perhaps, but read by PostgreSQL; the directory lets nobody else in.
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    }

    private func makeDatabase() async throws {
        let script = """
            SELECT 'CREATE ROLE \(Self.login) LOGIN NOINHERIT' \
            WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '\(Self.login)') \\gexec
            SELECT 'CREATE DATABASE \(Self.database)' \
            WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '\(Self.database)') \\gexec
            """
        try await tools.psql(url(role: Self.administrator, database: "postgres"), script)
    }
}

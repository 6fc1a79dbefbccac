package import Postgres

/// Brings a database to the schema that this program knows.
///
/// A process that is killed leaves complete transactions, and the next run continues. An advisory lock allows one
/// migration at a time.
package struct Migrator: Sendable {
    package enum Failure: Error, Sendable, CustomStringConvertible {
        /// The wanted flavour is not available.
        case flavour(String)
        /// The schema in the database is not an earlier one of this program.
        case schema(SchemaState)
        /// The database refused a step.
        case step(String, PostgresError)
        /// The database refused a part of a step's work outside of transactions.
        case task(String, PostgresError)
        /// A part of a step's work is still to be done after it was done.
        case unfinished(String)
        /// Sessions do not last as long as their connections.
        case sessions(String)
        /// A login cannot be given the roles of the server.
        case login(String)
        /// The role that migrates lacks rights; the statements grant them, or do the work that needs them.
        case privileges(statements: String)

        package var description: String {
            switch self {
            case .flavour(let reason), .sessions(let reason): reason
            case .schema(let schema): schema.obstacle ?? "\(schema)"
            case .step(let name, let error):
                "\(name) failed: \(error.message) (SQLSTATE \(error.state.rawValue)); nothing of this step was kept"
            case .task(let label, let error):
                "\(label) failed: \(error.message) (SQLSTATE \(error.state.rawValue)); the next migration goes on from there"
            case .unfinished(let label): "\(label) was done, and is missing all the same"
            case .login(let name): "'\(name)' cannot be a login: use letters, digits and underscores"
            case .privileges(let statements):
                "the role that migrates lacks rights: let one that has them run this in the database, and migrate again: "
                    + statements
            }
        }
    }

    /// The changes that a migration made.
    package struct Summary: Sendable {
        package let flavour: Flavour
        /// The steps that were taken now, such as `4 (hour)`, and `views` and `functions` where some were replaced.
        package let applied: [String]
        /// Statements that a superuser should run, because the role that migrated may not; nil if there are none.
        package let advice: String?
    }

    /// The key of the advisory lock, the same in every version.
    private static let lock = 7_310_293_719_480_301

    let url: String

    package init(url: String) {
        self.url = url
    }

    /// Brings the database to the schema of this program; does nothing if it has that one, or a compatible newer one.
    ///
    /// - Parameters:
    ///   - wanted: The flavour to use; nil for the existing one, or else TimescaleDB if it is available.
    ///   - login: A role that the server will log in as, and that is given the roles it needs.
    ///   - isOwnServer: True on a server that nothing else uses, where rights of PUBLIC can be taken.
    ///   - progress: Called with each step before it is applied, with each part of one that is no transaction, and with
    ///     `views` and `functions` before their change.
    /// - Returns: The changes made.
    /// - Throws: `Failure`, or a `PostgresError` if the database cannot be reached.
    package func migrate(
        flavour wanted: Flavour? = nil,
        login: String? = nil,
        isOwnServer: Bool = false,
        progress: @Sendable (String) -> Void = { _ in }
    ) async throws -> Summary {
        try await Connection.with(url, setup: "SET search_path = hourglass, public; SET statement_timeout = 0") {
            connection in
            // First of all, because the encoding of a database cannot be changed.
            if let encoding = try await SchemaState.unsuitableEncoding(of: connection) {
                throw Failure.schema(.encoding(encoding))
            }
            if let obstacle = try await Connection.with(url, { try await SessionCheck.obstacle(connection, $0) }) {
                throw Failure.sessions(obstacle)
            }
            // Waiting inside of a statement would keep an index from being finished: that waits for all old snapshots.
            while try await connection.values("SELECT pg_try_advisory_lock(\(Self.lock))") != [["t"]] {
                try await Task.sleep(for: .milliseconds(200))
            }
            try await Self.bootstrap(connection)
            let existing = try await Self.asOwner(connection) { try $0.perform(AppliedMigrations()).last?.flavour }
            let flavour = try await Self.choose(wanted, existing: existing, connection)
            let applied = try await Self.update(flavour, connection, url: url, progress: progress)
            if let login { try await Self.grant(to: login, connection) }
            if isOwnServer { try await connection.run(PublicFunctions.closing) }
            let isOpen = try await connection.execute(OpenInternals()).first ?? false
            return Summary(
                flavour: flavour,
                applied: applied,
                advice: isOpen ? OpenInternals.remedy : nil
            )
        }
    }

    /// The reason that a flavour is not available on this server; nil if it is.
    package func obstacle(to flavour: Flavour) async throws -> String? {
        guard flavour == .timescaledb else { return nil }
        return try await Connection.with(url) { try await $0.execute(FlavourSupport()).first?.obstacle }
    }

    private static func bootstrap(_ connection: Connection) async throws {
        do {
            try await connection.transaction { connection in try connection.run(Migration.bootstrap) }
        } catch let error as PostgresError where error.state == .insufficientPrivilege {
            guard let statements = error.detail else { throw Failure.step("the bootstrap", error) }
            throw Failure.privileges(statements: statements)
        }
    }

    static func choose(
        _ wanted: Flavour?,
        existing: String?,
        _ connection: Connection
    ) async throws -> Flavour {
        if let existing = existing.flatMap(Flavour.init(rawValue:)) {
            guard wanted == nil || wanted == existing else {
                throw Failure.flavour("the database is of flavour \(existing.rawValue), which cannot be changed")
            }
            return existing
        }
        let obstacle = try await connection.execute(FlavourSupport()).first?.obstacle
        guard wanted == .timescaledb, let obstacle else {
            return wanted ?? (obstacle == nil ? .timescaledb : .postgres)
        }
        throw Failure.flavour(obstacle)
    }

    /// Grants a login the roles of the server, but not the owner's.
    private static func grant(to login: String, _ connection: Connection) async throws {
        let isName = login.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
            default: false
            }
        }
        guard isName, !login.isEmpty else { throw Failure.login(login) }
        let grant = "GRANT hourglass_ingest, hourglass_read, hourglass_maintain, hourglass_registry TO \"\(login)\""
        do {
            try await connection.run(grant)
        } catch {
            guard error.state == .insufficientPrivilege else { throw error }
            // Another role, with the right to grant them, may have done so before.
            if try await connection.execute(LoginRoles(login: login)).first == true { return }
            throw Failure.privileges(statements: "\(grant);")
        }
    }
}

package import Analytics
import FoundationEssentials
package import Postgres
import Synchronization

/// Changes of the registry, as commands and pages make them.
///
/// A change returns when every server that runs has seen it, or after `longestWait`.
package final class RegistryEditor: Sendable {
    private static let interval: Duration = .milliseconds(100)

    /// The statements that a session begins with.
    package static let setup = "SET ROLE hourglass_registry; SET search_path = hourglass; SET jit = off;"

    private let pool: Pool
    private let author: Author
    /// The longest wait for servers to see a change.
    private let longestWait: Duration
    private let changed = Atomic(false)

    /// True if a change has been sent, so that it may have been made.
    package var mayHaveChanged: Bool { changed.load(ordering: .relaxed) }

    /// - Parameters:
    ///   - pool: Connections with the role of the registry.
    ///   - author: The maker of the changes.
    ///   - longestWait: The longest wait for servers to see a change; by default one that has been killed is waited for no
    ///     longer.
    package init(pool: Pool, author: Author = .command, longestWait: Duration = .seconds(20)) {
        self.pool = pool
        self.author = author
        self.longestWait = longestWait
    }

    package func close() { pool.close() }

    /// The accounts of the same database.
    package var accounts: Accounts { Accounts(pool: pool) }

    /// Adds a site.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - hostnames: The hosts of its pages; empty for any.
    ///   - zone: The time zone of its dates; nil for UTC.
    ///   - settings: Its settings.
    ///   - organisation: The name of its organisation; nil for the standard one.
    /// - Returns: The id.
    /// - Throws: `RegistryFailure.refused`, or the error of the database.
    package func addSite(
        _ name: SiteName,
        hostnames: [Hostname],
        zone: String?,
        settings: SiteSettings,
        organisation: String?
    ) async throws -> SiteID {
        let options = String(decoding: try JSONEncoder().encode(settings), as: UTF8.self)
        let parameters = Parameters(name.text, PostgresArray(hostnames.map(\.text)), zone, options, organisation)
        let sql = "SELECT add_site($1, $2, $3, $4::text::jsonb, $5)"
        let id = try await make(Change("site.add", name.text, sql, parameters))
        guard let id = Int32(exactly: id) else { throw RegistryFailure.malformed }
        return SiteID(rawValue: id)
    }

    /// Changes a site; nil leaves a value as it is.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - hostnames: The hosts of its pages.
    ///   - zone: The time zone of its dates.
    ///   - changes: The settings to change, as a JSON object; null stands for the default.
    /// - Throws: `RegistryFailure.refused`, or the error of the database.
    package func setSite(
        _ name: SiteName,
        hostnames: [Hostname]?,
        zone: String?,
        changes: String
    ) async throws {
        let parameters = Parameters(name.text, hostnames.map { PostgresArray($0.map(\.text)) }, zone, changes)
        let sql = "SELECT 1 FROM set_site($1, $2, $3, $4::text::jsonb)"
        _ = try await make(Change("site.set", name.text, sql, parameters))
    }

    package func renameSite(_ name: SiteName, to new: SiteName) async throws {
        let parameters = Parameters(name.text, new.text)
        let subject = "\(name.text): \(new.text)"
        _ = try await make(Change("site.rename", subject, "SELECT 1 FROM rename_site($1, $2)", parameters))
    }

    /// Gives a site to another organisation.
    ///
    /// - Throws: `RegistryFailure.refused`, or the error of the database.
    package func moveSite(_ name: SiteName, to organisation: String) async throws {
        let parameters = Parameters(name.text, organisation)
        let subject = "\(name.text): \(organisation)"
        _ = try await make(Change("site.move", subject, "SELECT move_site($1, $2)", parameters))
    }

    /// Takes all data of a site, which goes on without them; they go by a job.
    ///
    /// - Returns: The id of the job.
    /// - Throws: `RegistryFailure.refused`, or the error of the database.
    package func resetSite(_ name: SiteName) async throws -> Int {
        try await make(Change("site.reset", name.text, "SELECT reset_site($1)", Parameters(name.text)))
    }

    /// Removes a site: it takes and answers nothing any more; its data go by a job.
    ///
    /// - Returns: The id of the job.
    /// - Throws: `RegistryFailure.refused`, or the error of the database.
    package func removeSite(_ name: SiteName) async throws -> Int {
        try await make(Change("site.remove", name.text, "SELECT remove_site($1)", Parameters(name.text)))
    }

    /// Adds a key to a site.
    ///
    /// - Returns: The id of the key.
    /// - Throws: `RegistryFailure.refused`, or the error of the database.
    package func add(_ key: KeyText, to name: SiteName, label: String) async throws -> Int {
        let text = key.scope == .write ? key.text : nil
        do {
            let parameters = Parameters(name.text, key.scope.rawValue, label, text, key.digest)
            let subject = "\(name.text): \(key.scope.rawValue)"
            return try await make(Change("key.add", subject, "SELECT add_key($1, $2, $3, $4, $5)", parameters))
        } catch let error as PostgresError where error.state == .uniqueViolation {
            throw RegistryFailure.refused("this text is a key already, or was one")
        }
    }

    /// Revokes a key, or does nothing if it is revoked.
    ///
    /// - Parameter id: The id of the key.
    /// - Throws: `RegistryFailure.refused`, or the error of the database.
    package func revokeKey(_ id: Int) async throws {
        guard let id = Int32(exactly: id) else { throw RegistryFailure.refused("there is no key \(id)") }
        _ = try await make(Change("key.revoke", "\(id)", "SELECT 1 FROM revoke_key($1)", Parameters(id)))
    }

    /// Adds a goal to a site.
    ///
    /// - Returns: The goal.
    /// - Throws: `RegistryFailure.refused`, or the error of the database.
    package func add(_ goal: GoalInput, to name: SiteName) async throws -> Goal {
        let id = try await make(Change("goal.add", name.text, AddGoal.sql, try AddGoal(goal, to: name).parameters))
        return goal.goal(try GoalID(stored: id))
    }

    /// Removes a goal of a site.
    ///
    /// - Throws: `RegistryFailure.refused`, or the error of the database.
    package func removeGoal(_ id: GoalID, of name: SiteName) async throws {
        let parameters = RemoveGoal(id: id, site: name).parameters
        _ = try await make(Change("goal.remove", name.text, RemoveGoal.sql, parameters))
    }

    /// All sites, in order of their names.
    package func sites() async throws -> [Site] {
        try await document().allSites.sorted { $0.name.text < $1.name.text }
    }

    /// A site by a name that it has or had.
    package func site(_ name: SiteName) async throws -> Site {
        guard let site = try await document().site(named: name) else {
            throw RegistryFailure.refused("there is no site \(name.text)")
        }
        return site
    }

    /// The keys of a site, in the order in which they were added, revoked ones included.
    package func keys(of site: SiteID) async throws -> [ListedKey] {
        try await asking { try await $0.execute(ListKeys(site: site)) }
    }

    /// The latest jobs, the last one first.
    package func jobs(limit: Int) async throws -> [Job] {
        try await asking { try await $0.execute(ListJobs(limit: limit)) }
    }

    private func document() async throws -> RegistrySnapshot {
        let rows = try await asking { try await $0.execute(WholeRegistry()) }
        guard let text = rows.first else { throw RegistryFailure.malformed }
        return try RegistrySnapshot(try JSONDecoder().decode(RegistryDocument.self, from: Data(text.utf8)))
    }

    func asking<R: Sendable>(_ body: @Sendable (Connection) async throws -> R) async throws -> R {
        do {
            return try await pool.withConnection(body)
        } catch let error as PostgresError where error.state == .isRefusedChange {
            throw RegistryFailure.refused(error.message)
        }
    }

    /// Makes a change, and waits until all servers have seen it.
    ///
    /// - Returns: The number that the database answers.
    func make(_ change: Change) async throws -> Int {
        let number: Int
        do {
            number = try await asking { [author] connection in
                changed.store(true, ordering: .relaxed)
                return try await connection.make(change, by: author)
            }
        } catch let error as PostgresError where error.state.isConnectionLoss {
            throw RegistryFailure.interrupted
        }
        let end = ContinuousClock.now + longestWait
        while .now < end {
            // A server that stops takes the database along, and has nothing more to see.
            let lagging = try? await asking { try await $0.execute(LaggingReaders()) }.first
            guard let lagging, lagging > 0 else { break }
            try await Task.sleep(for: Self.interval)
        }
        return number
    }
}

extension SQLState {
    /// A change of the registry that cannot be made; the message is for whoever asked for it (`refuse_change`).
    static let isRefusedChange: SQLState = "HG004"
}

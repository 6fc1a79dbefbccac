package import Analytics
import Logging
import Postgres

// Changes of goals, which servers make for their clients.
extension SiteRegistry {
    /// Adds a goal to a site, which the server knows when this returns, and others within a second.
    ///
    /// - Returns: The goal.
    /// - Throws: `RegistryFailure`
    package func add(_ goal: GoalInput, to site: SiteName) async throws -> Goal {
        let id = try await change(try AddGoal(goal, to: site))
        return goal.goal(try GoalID(stored: id))
    }

    /// Removes a goal of a site, which the server has forgotten when this returns, and others within a second.
    ///
    /// - Throws: `RegistryFailure`
    package func removeGoal(_ id: GoalID, of site: SiteName) async throws {
        _ = try await change(RemoveGoal(id: id, site: site))
    }

    /// Makes a change, and looks at the registry as it is then.
    private func change<S: Statement>(_ statement: S) async throws -> Int where S.Row == Int {
        let number: Int?
        do {
            number = try await pool.withConnection { try await $0.execute(statement) }.first
        } catch let error as PostgresError {
            if error.state == .isRefusedChange { throw RegistryFailure.refused(error.message) }
            throw error.state.isConnectionLoss ? RegistryFailure.interrupted : .unavailable
        } catch is Pool.Refusal {
            throw RegistryFailure.unavailable
        }
        guard let number else { throw RegistryFailure.malformed }
        do {
            try await look()
        } catch {
            // The change is made; the follower of the registry sees it once the database is back.
            logger.debug("the registry cannot be read", metadata: ["error": "\(error)"])
        }
        return number
    }
}

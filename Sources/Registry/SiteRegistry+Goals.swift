package import Analytics

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
}

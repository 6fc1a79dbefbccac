extension OwnCluster {
    /// Changes a setting of `postgresql.conf` for all sessions, including existing ones.
    package func set(_ name: String, to value: String) async throws {
        try await run("ALTER SYSTEM SET \(name) = '\(value)'")
        try await run("SELECT pg_reload_conf()")
    }

    /// Changes a setting while `body` runs.
    package func whileSet(_ name: String, to value: String, _ body: () async throws -> Void) async throws {
        try await set(name, to: value)
        do {
            try await body()
        } catch {
            // The error of the body is the relevant one.
            try? await reset(name)
            throw error
        }
        try await reset(name)
    }

    private func reset(_ name: String) async throws {
        try await run("ALTER SYSTEM RESET \(name)")
        try await run("SELECT pg_reload_conf()")
    }
}

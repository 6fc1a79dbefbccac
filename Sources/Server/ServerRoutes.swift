package import Analytics
package import HTTP
package import Ingest

/// All routes of the server, by noun.
package struct ServerRoutes: Sendable {
    let analytics: AnalyticsRoutes
    private let health: HealthRoutes

    package init(
        settings: ServerSettings,
        meters: Meters,
        batcher: Batcher,
        store: any EventStore,
        version: String
    ) {
        let budget = BodyBudget(limit: settings.bodyMemory)
        analytics = AnalyticsRoutes(
            settings: settings,
            meters: meters,
            batcher: batcher,
            store: store,
            budget: budget
        )
        health = HealthRoutes(
            meters: meters,
            batcher: batcher,
            budget: budget,
            store: store,
            version: version
        )
    }

    package var table: RouteTable { RouteTable(analytics.routes + health.routes) }
}

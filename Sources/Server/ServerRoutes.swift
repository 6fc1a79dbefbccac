package import HTTP
package import Ingest
package import Spool
package import Store

/// All routes of the server, by noun.
package struct ServerRoutes: Sendable {
    let analytics: AnalyticsRoutes
    private let health: HealthRoutes

    package init(
        settings: ServerSettings,
        meters: Meters,
        batcher: Batcher,
        store: PostgresStore,
        forwarder: SpoolingStore?,
        version: String
    ) {
        let budget = BodyBudget(limit: settings.bodyMemory)
        analytics = AnalyticsRoutes(
            settings: settings,
            meters: meters,
            batcher: batcher,
            store: store,
            forwarder: forwarder,
            budget: budget
        )
        health = HealthRoutes(
            meters: meters,
            batcher: batcher,
            budget: budget,
            store: store,
            forwarder: forwarder,
            version: version
        )
    }

    package var table: RouteTable { RouteTable(analytics.routes + health.routes) }
}

package import Analytics
import Postgres

extension PostgresStore {
    package func recentSite(named name: SiteName) -> SiteID? { siteNames.recent(name) }

    package func site(named name: SiteName) async throws -> SiteID? {
        try await siteNames.site(name) {
            try await ask { try await $0.execute(SiteByName(name: name)).first }
        }
    }
}

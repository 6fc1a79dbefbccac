import Analytics
import HTTP
import Hummingbird
import Ingest
import Registry

/// The rules about access at the moment of a request.
struct AccessControl: Sendable {
    let registry: SiteRegistry
    let requiresKeys: Bool

    /// The rules as last seen; nil before the registry has been read.
    var recent: AccessRules? { registry.recent.map(rules) }

    /// Applies the rules; waits for the registry after the start.
    ///
    /// - Parameter rule: The rule.
    /// - Returns: The permission.
    /// - Throws: A `Rejection` or a `RegistryFailure`.
    func access(_ rule: (AccessRules) throws(AccessRules.Refusal) -> Access) async throws -> Access {
        let rules = rules(of: try await registry.snapshot())
        do throws(AccessRules.Refusal) {
            let access = try rule(rules)
            if let key = access.key { registry.noteUse(of: key, at: .now) }
            if let share = access.share { registry.noteUse(of: share, at: .now) }
            return access
        } catch {
            switch error {
            case .rejection(let rejection): throw rejection
            case .stale: throw RegistryFailure.stale
            }
        }
    }

    /// The permission to manage the data of a site, which needs a server key.
    func managing(_ request: Request, _ scope: RequestScope, _ site: SiteName?) async throws -> Access {
        // A key in the query would be in logs.
        let sender = Sender(request, scope, query: EventFields())
        return try await access { (rules) throws(AccessRules.Refusal) in
            try rules.managing(site, key: sender.key)
        }
    }

    /// The rules as last seen; waits for the registry after the start.
    ///
    /// - Throws: `RegistryFailure.unknown`
    func rules() async throws -> AccessRules { rules(of: try await registry.snapshot()) }

    private func rules(of snapshot: RegistrySnapshot) -> AccessRules {
        AccessRules(registry: snapshot, isFresh: registry.isFresh, requiresKeys: requiresKeys)
    }
}

import Analytics
import HTTP
import Hummingbird
import Registry

/// The rules about access at the moment of a request.
struct AccessControl: Sendable {
    let registry: SiteRegistry
    let requiresKeys: Bool
    let logins: LoginReader

    /// The rules as last seen; nil before the registry has been read.
    var recent: AccessRules? { registry.recent.map(rules) }

    /// Applies the rules; waits for the registry after the start.
    ///
    /// - Parameter rule: The rule.
    /// - Returns: The permission.
    /// - Throws: A `Rejection` or a `RegistryFailure`.
    func access(_ rule: (AccessRules) throws(AccessRules.Refusal) -> Access) async throws -> Access {
        let access = try await unusedAccess(rule)
        if let key = access.key { registry.noteUse(of: key, at: .now) }
        if let share = access.share { registry.noteUse(of: share, at: .now) }
        return access
    }

    /// The permission by a share link, whose password need not be known: for the page that asks for it.
    ///
    /// - Parameter share: The text of the link.
    /// - Returns: The permission, which counts as no use of the link; nil without such a link.
    /// - Throws: A `RegistryFailure`
    func lockedAccess(by share: String) async throws -> Access? {
        do {
            return try await unusedAccess { (rules) throws(AccessRules.Refusal) in
                try rules.opening(share) { _ in true }
            }
        } catch is Rejection {
            return nil
        }
    }

    /// Applies the rules without noting a use.
    private func unusedAccess(_ rule: (AccessRules) throws(AccessRules.Refusal) -> Access) async throws -> Access {
        let rules = rules(of: try await registry.snapshot())
        do throws(AccessRules.Refusal) { return try rule(rules) } catch {
            switch error {
            case .rejection(let rejection): throw rejection
            case .stale: throw RegistryFailure.stale
            }
        }
    }

    /// The facts that a request tells about who asks, with the account that is logged in.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - known: The facts that were read from it before; nil to read them.
    /// - Returns: The facts.
    /// - Throws: A `Problem` for a change that another page asks for, or a `RegistryFailure`
    func asker(of request: Request, _ known: Asker? = nil) async throws -> Asker {
        var asker = known ?? Asker(request)
        guard asker.key == nil, asker.share == nil else { return asker }
        asker.account = try await logins.account(of: request)
        return asker
    }

    /// The permission to manage the data of a site, which needs a server key, or an account.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - site: The site that is named; nil for that of the key.
    ///   - role: The role that an account needs.
    /// - Returns: The permission.
    /// - Throws: A `Rejection`, a `Problem` or a `RegistryFailure`
    func managing(_ request: Request, _ site: SiteName?, as role: Role = .admin) async throws -> Access {
        let asker = try await asker(of: request)
        return try await access { (rules) throws(AccessRules.Refusal) in try rules.managing(site, asker, as: role) }
    }

    /// The rules as last seen; waits for the registry after the start.
    ///
    /// - Throws: `RegistryFailure.unknown`
    func rules() async throws -> AccessRules { rules(of: try await registry.snapshot()) }

    private func rules(of snapshot: RegistrySnapshot) -> AccessRules {
        AccessRules(registry: snapshot, isFresh: registry.isFresh, requiresKeys: requiresKeys)
    }
}

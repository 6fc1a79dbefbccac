import Analytics
import Registry

/// The rules about who may do what with a site, as of one version of the registry.
struct AccessRules: Sendable {
    let registry: RegistrySnapshot
    /// False while something that is not in the registry may have been added meanwhile.
    let isFresh: Bool
    /// True if `/analytics` without a site needs a key too.
    let requiresKeys: Bool

    /// The reason that a request is refused.
    enum Refusal: Error {
        case rejection(Rejection)
        /// The database would have to be asked, and is away.
        case stale
    }

    /// The permission to store.
    ///
    /// - Parameters:
    ///   - name: The site that is named; nil for that of the key.
    ///   - key: The text of the key; nil without one.
    /// - Returns: The permission.
    /// - Throws: `Refusal`
    func storing(_ name: SiteName?, key: String?) throws(Refusal) -> Access {
        let access = try access(name, key: key)
        switch access.key?.scope {
        case .write, .server: return access
        case .read: throw .rejection(Rejection(.key, .wrongScope))
        case nil:
            guard access.site.settings.isOpen else { throw .rejection(Rejection(.key, .needsKey)) }
            return access
        }
    }

    /// The permission to ask for counts.
    ///
    /// Whoever has no key is not told which sites there are. A link counts before a key, since it may narrow the answer.
    ///
    /// - Parameters:
    ///   - name: The site that is named; nil for that of the key or the link.
    ///   - asker: The key, the link and the account of the request.
    /// - Returns: The permission.
    /// - Throws: `Refusal`
    func asking(_ name: SiteName?, _ asker: Asker) throws(Refusal) -> Access {
        // The pages of a link ask for its password.
        if let share = asker.share { return try opening(share, of: name) { _ in false } }
        guard let key = asker.key else {
            if let access = try access(name, asker.account, as: .viewer) { return access }
            guard let site = name.flatMap(registry.site(named:)), site.settings.isPublic else {
                throw isFresh || name == nil ? .rejection(Rejection(.key, .missing)) : .stale
            }
            return Access(site: site, key: nil)
        }
        let access = try access(name, key: key)
        guard access.key?.scope == .read else { throw .rejection(Rejection(.key, .wrongScope)) }
        return access
    }

    /// The permission by a share link, whose password has to be known.
    ///
    /// - Parameters:
    ///   - share: The text of the link.
    ///   - name: The site that is named; nil for that of the link.
    ///   - isProven: Tells if the request proves that its sender was given the password.
    /// - Returns: The permission.
    /// - Throws: `Refusal`
    func opening(
        _ share: String,
        of name: SiteName? = nil,
        isProven: (RegistrySnapshot.Share) -> Bool
    ) throws(Refusal) -> Access {
        let access = try access(name, share: share)
        if let share = access.share, share.password != nil, !isProven(share) {
            throw .rejection(Rejection(.share, .needsPassword))
        }
        return access
    }

    /// The permission to see single hits, visits and users, or lists of a site such as its goals.
    ///
    /// - Parameters:
    ///   - name: The site that is named; nil for that of the key.
    ///   - asker: The key and the account of the request.
    ///   - role: The role that an account needs for it.
    /// - Returns: The permission.
    /// - Throws: `Refusal`
    func listing(_ name: SiteName?, _ asker: Asker, as role: Role = .member) throws(Refusal) -> Access {
        guard let key = asker.key else { return try member(name, asker.account, as: role) }
        let access = try access(name, key: key)
        guard access.key?.scope != .write else { throw .rejection(Rejection(.key, .wrongScope)) }
        return access
    }

    /// The permission to see and to forget the users of a site, to see its jobs, and to change its lists.
    ///
    /// - Parameters:
    ///   - name: The site that is named; nil for that of the key.
    ///   - asker: The key and the account of the request.
    ///   - role: The role that an account needs for it.
    /// - Returns: The permission.
    /// - Throws: `Refusal`
    func managing(_ name: SiteName?, _ asker: Asker, as role: Role) throws(Refusal) -> Access {
        guard let key = asker.key else { return try member(name, asker.account, as: role) }
        let access = try access(name, key: key)
        guard access.isTrusted else { throw .rejection(Rejection(.key, .wrongScope)) }
        return access
    }

    /// The permission for `/analytics`, of which the standard site is a part that needs no key.
    func storingEvents(_ name: SiteName?, key: String?) throws(Refusal) -> Access {
        if let site = openSite(name, key: key) { return Access(site: site, key: nil, isUnlimited: true) }
        return try storing(name, key: key)
    }

    /// The permission to ask for the counts of an hour, which know no filters.
    func askingHour(_ name: SiteName?, _ asker: Asker) throws(Refusal) -> Access {
        if asker.share == nil, let site = openSite(name, key: asker.key) {
            return Access(site: site, key: nil, isUnlimited: true)
        }
        let access = try asking(name, asker)
        guard access.share?.hasFilters != true else { throw .rejection(Rejection(.share, .hasFilters)) }
        return access
    }

    /// The permission to read the hits of a site, which a read key or a member has.
    func reading(_ name: SiteName?, _ asker: Asker) throws(Refusal) -> Access {
        guard asker.key != nil else { return try member(name, asker.account, as: .member) }
        return try asking(name, asker.withoutShare)
    }

    /// The permission of an account that is logged in.
    private func member(_ name: SiteName?, _ account: Account?, as role: Role) throws(Refusal) -> Access {
        guard let access = try access(name, account, as: role) else { throw .rejection(Rejection(.key, .missing)) }
        return access
    }

    /// The permission of an account; nil without one, without the name of a site, and for what everybody may.
    private func access(_ name: SiteName?, _ account: Account?, as role: Role) throws(Refusal) -> Access? {
        guard let account, let site = name.flatMap(registry.site(named:)) else { return nil }
        if account.may(role, in: site.organisation) {
            return Access(site: site.seen(by: account), key: nil, account: account)
        }
        guard !site.settings.isPublic || role > .viewer else { return nil }
        throw .rejection(Rejection(.account, .wrongRole))
    }

    /// The standard site, if it is meant and needs no key.
    private func openSite(_ name: SiteName?, key: String?) -> Site? {
        guard !requiresKeys, key == nil, let site = registry[Site.standard] else { return nil }
        return name == nil || name.flatMap(registry.site(named:))?.id == site.id ? site : nil
    }

    private func access(_ name: SiteName?, key: String?) throws(Refusal) -> Access {
        let named = name.flatMap(registry.site(named:))
        guard let key else {
            guard name != nil else { throw .rejection(Rejection(.site, .missing)) }
            guard let named else { throw isFresh ? .rejection(Rejection(.site, .unknownSite)) : .stale }
            return Access(site: named, key: nil)
        }
        guard let text = KeyText(parsing: key) else { throw .rejection(Rejection(.key, .unknownKey)) }
        guard let known = registry.key(text), let site = registry[known.site] else {
            throw isFresh ? .rejection(Rejection(.key, .unknownKey)) : .stale
        }
        guard name == nil || named?.id == site.id else { throw .rejection(Rejection(.key, .otherSite)) }
        return Access(site: site, key: known)
    }

    private func access(_ name: SiteName?, share text: String) throws(Refusal) -> Access {
        guard let text = ShareText(parsing: text) else { throw .rejection(Rejection(.share, .unknownKey)) }
        guard let share = registry.share(text), let site = registry[share.site] else {
            throw isFresh ? .rejection(Rejection(.share, .unknownKey)) : .stale
        }
        guard name == nil || name.flatMap(registry.site(named:))?.id == site.id else {
            throw .rejection(Rejection(.share, .otherSite))
        }
        return Access(site: site, key: nil, share: share)
    }
}

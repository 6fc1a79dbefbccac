import Analytics
import HTTP
import Registry

/// The permission of a request for numbers, as soon as the site is known that it asks about.
struct Permission {
    private let control: AccessControl
    private let asker: Asker
    private let dialect: Dialect
    private var access: Access?

    init(control: AccessControl, asker: Asker, dialect: Dialect) {
        self.control = control
        self.asker = asker
        self.dialect = dialect
    }

    /// Asks for aggregates: with a read key or a share link, or of a public site.
    ///
    /// - Parameter name: The site; nil for that of the key or the link.
    /// - Returns: The permission.
    /// - Throws: A `Problem`, or a `RegistryFailure`
    mutating func aggregates(of name: SiteName?) async throws -> Access {
        try await take { (rules, asker) throws(AccessRules.Refusal) in
            try rules.asking(name, asker)
        }
    }

    /// Asks for what only a read key may see.
    ///
    /// - Parameter name: The site; nil for that of the key.
    /// - Returns: The permission.
    /// - Throws: A `Problem`, or a `RegistryFailure`
    mutating func everything(of name: SiteName?) async throws -> Access {
        try await take { (rules, asker) throws(AccessRules.Refusal) in try rules.reading(name, asker) }
    }

    /// Asks for the counts of hours: with a read key or a share link without filters, of a public site, or of the
    /// standard one.
    ///
    /// - Parameter name: The site; nil for that of the key or the link.
    /// - Returns: The permission.
    /// - Throws: A `Problem`, or a `RegistryFailure`
    mutating func hours(of name: SiteName?) async throws -> Access {
        try await take { (rules, asker) throws(AccessRules.Refusal) in
            try rules.askingHour(name, asker)
        }
    }

    /// Asks for lists of hits, visits and users: with a read key, or one of a server.
    ///
    /// - Parameter name: The site; nil for that of the key.
    /// - Returns: The permission.
    /// - Throws: A `Problem`, or a `RegistryFailure`
    mutating func lists(of name: SiteName?) async throws -> Access {
        try await take { (rules, asker) throws(AccessRules.Refusal) in try rules.listing(name, asker) }
    }

    private mutating func take(
        _ rule: (AccessRules, Asker) throws(AccessRules.Refusal) -> Access
    ) async throws -> Access {
        let asker = asker
        do {
            let access = try await control.access { (rules) throws(AccessRules.Refusal) in try rule(rules, asker) }
            self.access = access
            return access
        } catch let rejection as Rejection {
            throw dialect.problem(
                for: rejection,
                isNamed: asker.key != nil || asker.share != nil || asker.account != nil
            )
        }
    }

    /// The value of `Cache-Control`: each time a cache asks whether its copy still holds.
    var cacheControl: String { access?.isPublic == true ? "no-cache" : "private, no-cache" }

    /// The origin whose pages may read the answer; nil for none.
    var reader: ReaderOrigin? {
        guard let origin = asker.origin else { return nil }
        return access?.site.settings.reader(origin)
    }
}

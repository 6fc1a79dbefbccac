/// The facts that a request tells about a named user: the traits, and a device that is the user's.
///
/// A device belongs to the first user that it is given; the last traits count.
package struct Identity: Hashable, Sendable {
    package var time: Timestamp
    package var site: SiteID
    /// The visitor that is computed from the name of the user.
    package var visitor: Visitor
    package var user: User
    /// The visitor that the sender would be without the name.
    package var device: Visitor?
    /// The traits, as a JSON object; nil to leave them as they are.
    package var traits: String?

    package init(
        time: Timestamp,
        site: SiteID,
        visitor: Visitor,
        user: User,
        device: Visitor? = nil,
        traits: String? = nil
    ) {
        self.time = time
        self.site = site
        self.visitor = visitor
        self.user = user
        self.device = device
        self.traits = traits
    }
}

extension Hit {
    /// The identity that the hit tells; nil for one without the name of a user.
    package var identity: Identity? {
        guard let user, let visitor, flags.contains(.namedUser) else { return nil }
        return Identity(time: time, site: site, visitor: visitor, user: user, device: device)
    }
}

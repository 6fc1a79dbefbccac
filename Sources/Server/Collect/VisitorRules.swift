import Analytics
import HTTP
import Ingest
import Registry

/// The rules by which the visitor of a hit is found: the name of the user, the id of the device, or the address and the
/// agent, with the salt of the date; nobody for those who object.
struct VisitorRules: Sendable {
    let registry: RegistrySnapshot
    let sender: Sender
    let now: Timestamp

    /// Gives a hit its visitor, its user and its device.
    func identify(_ hit: inout Hit, _ input: HitInput, _ access: Access) {
        guard !objects(input, access), let secret = registry.secret(of: access.site.id) else { return }
        let key = VisitorKey(secret)
        let device = input.visitor.map { key.visitor(ofDevice: $0) }
        if let user = input.user {
            hit.visitor = key.visitor(named: user)
            hit.user = user
            hit.device = device
            hit.flags.insert(.namedUser)
        } else if let device {
            hit.visitor = device
        } else if let dated = dated(at: hit.time, input, access) {
            hit.visitor = dated
            hit.flags.insert(.dated)
        }
    }

    /// The identity that a request tells: its visitor is the user from now on.
    ///
    /// - Parameters:
    ///   - user: The name of the user.
    ///   - traits: What the request tells about the user, as a JSON object.
    ///   - time: The time.
    ///   - input: The description of the sender.
    ///   - access: The permission.
    /// - Returns: The identity.
    /// - Throws: A `Rejection` of the user if the sender objects to being recognized.
    func identity(
        of user: User,
        traits: String?,
        at time: Timestamp,
        _ input: HitInput,
        _ access: Access
    ) throws(Rejection) -> Identity? {
        guard !objects(input, access) else { throw Rejection(.user, .objection) }
        guard let secret = registry.secret(of: access.site.id) else { return nil }
        let key = VisitorKey(secret)
        let device = input.visitor.map { key.visitor(ofDevice: $0) } ?? dated(at: time, input, access)
        return Identity(
            time: time,
            site: access.site.id,
            visitor: key.visitor(named: user),
            user: user,
            device: device,
            traits: traits
        )
    }

    /// The visitor of an address and an agent; nil if the address or the salt of the date is not known.
    private func dated(at time: Timestamp, _ input: HitInput, _ access: Access) -> Visitor? {
        // The headers of a server say nothing about the visitor.
        let (address, agent) =
            access.isTrusted
            ? (input.ip.flatMap { ClientAddress($0)?.prefix }, input.userAgent ?? "") : (sender.address, sender.agent)
        guard let address, let salt = registry.salt(of: access.site, at: time, now: now) else { return nil }
        return VisitorKey(salt).visitor(at: address.bytes, agent: agent, of: access.site.id)
    }

    /// True if the person objects to being recognized, in a way that the site respects.
    private func objects(_ input: HitInput, _ access: Access) -> Bool {
        let signals = access.site.settings.respect
        if input.objects, signals != .none { return true }
        return !access.isTrusted && sender.objects(to: signals)
    }
}

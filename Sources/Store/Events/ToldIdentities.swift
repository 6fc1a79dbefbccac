import Analytics

/// A row that tells an identity, with the place in the batch of the row that it comes from.
struct PlacedIdentity: Sendable {
    let identity: Identity
    let place: Int
}

/// The identities that a batch tells, put together.
///
/// A row either tells a person, and then has no device, or an alias. The rows are in order, all persons before all
/// aliases, so that two writers lock them in the same order.
struct ToldIdentities: Sendable {
    private struct Key: Hashable, Comparable {
        let site: SiteID
        let visitor: Visitor

        static func < (first: Key, second: Key) -> Bool {
            (first.site.rawValue, first.visitor.rawValue) < (second.site.rawValue, second.visitor.rawValue)
        }
    }

    /// The first and the last time of a person, and the traits in the order in which they came.
    private struct Person {
        var first: PlacedIdentity
        var last: PlacedIdentity
        var traits: [PlacedIdentity] = []

        mutating func add(_ new: PlacedIdentity) {
            if new.identity.time < first.identity.time { first = new }
            if new.identity.time > last.identity.time { last = new }
            if new.identity.traits != nil { traits.append(new) }
        }

        var rows: [PlacedIdentity] {
            var times = [first]
            if last.identity.time > first.identity.time { times.append(last) }
            return times.map { Self.row($0, traits: nil) } + traits.map { Self.row($0, traits: $0.identity.traits) }
        }

        private static func row(_ placed: PlacedIdentity, traits: String?) -> PlacedIdentity {
            var identity = placed.identity
            identity.device = nil
            identity.traits = traits
            return PlacedIdentity(identity: identity, place: placed.place)
        }
    }

    private var persons: [Key: Person] = [:]
    /// The first identity that names each device.
    private var aliases: [Key: PlacedIdentity] = [:]

    mutating func add(_ identity: Identity, at place: Int) {
        let placed = PlacedIdentity(identity: identity, place: place)
        let own = Key(site: identity.site, visitor: identity.visitor)
        if persons[own] == nil { persons[own] = Person(first: placed, last: placed) }
        persons[own]?.add(placed)
        guard let device = identity.device else { return }
        let key = Key(site: identity.site, visitor: device)
        if aliases[key] == nil { aliases[key] = placed }
    }

    var rows: [PlacedIdentity] {
        let persons = persons.sorted { $0.key < $1.key }.flatMap(\.value.rows)
        let aliases = aliases.sorted { $0.key < $1.key }.map(\.value)
        return persons + aliases
    }
}

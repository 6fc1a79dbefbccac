import Analytics
import Support

extension Batch {
    /// A batch with an event of each user, without a key.
    static func sample(_ users: String...) -> Batch {
        Batch(entries: users.map { Batch.Entry(events: [.sample(user: $0)]) })
    }

    /// A batch with one entry that has a key.
    static func sample(_ users: String..., key: String) throws -> Batch {
        let events = users.map { Event.sample(user: $0) }
        return Batch(entries: [Batch.Entry(events: events, key: try IdempotencyKey(parsing: key), response: "yes")])
    }
}

/// The reason that a question was not answered.
package enum QueryError: Error, Equatable {
    /// Acknowledged events that a store lacks; the texts are the same for every client.
    package enum Gap: String, Sendable {
        case undelivered = "the database was away, and events of that time have still to be stored"
        case setAside = "the database could not store some events of this time, which are set aside"
    }

    /// The store cannot be reached, has too much to do, or is in trouble; the reason is for the log.
    case unavailable(reason: String)
    /// The answer took longer than it may.
    case tooSlow
    /// The counts would not be exact.
    case incomplete(Gap)
}

extension QueryError: CustomStringConvertible {
    /// The text for the log.
    package var description: String {
        switch self {
        case .unavailable(let reason): reason
        case .tooSlow: "the answer took too long"
        case .incomplete(let gap): gap.rawValue
        }
    }
}

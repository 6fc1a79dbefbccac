/// The clients of a connection, as far as the rate limit needs them.
enum LimitedClients {
    /// There is no limit, or no address to count by.
    case none
    case one(AddressPrefix)
    /// Each request of a trusted proxy names its own.
    case perRequest(Peer)
}

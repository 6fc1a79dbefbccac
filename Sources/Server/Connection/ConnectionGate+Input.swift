import NIOHTTP1

extension ConnectionGate {
    /// What comes to a gate, in its order.
    enum Input {
        case part(HTTPServerRequestPart)
        /// Comes in place of the head of a request, of which nothing is read.
        case refusal(Refusal)
        case event(Any)
        case error(any Error)
    }

    /// What a request is answered that is refused for its head.
    struct Refusal {
        let answer: Answer
        let id: String
        /// The connection ends with it.
        let isLast: Bool
    }

    /// Says that Hummingbird has begun to serve the connection.
    struct Taken {}

    /// What is not looked at any more.
    enum Dropped {
        case nothing
        /// The rest of a request that was refused.
        case request
        /// All that comes.
        case everything
    }
}

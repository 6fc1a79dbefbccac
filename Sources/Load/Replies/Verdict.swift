/// The fate of a request's events, according to the reply.
enum Verdict: Equatable {
    case stored
    /// None is stored: the server is overloaded, which is no error.
    case refused
    /// They may or may not be stored.
    case unclear
    /// All but some are stored.
    case partlyStored(rejected: [Int], reason: String)
    /// The server rejected valid events, which is an error.
    case rejected(reason: String)

    init(_ reply: Reply, mode: LoadOptions.Mode, events: Int) {
        switch (reply.status, mode) {
        case (204, .single):
            self = reply.rejection.map { .rejected(reason: $0) } ?? .stored
        case (200, .bulk):
            let isComplete = Receipt(parsing: reply.body).map { $0.accepted == events && $0.rejected == 0 } ?? false
            self = isComplete ? .stored : .rejected(reason: "\(events) events were answered by \(reply.excerpt)")
        case (429, _), (503, _):
            self = .refused
        case (400..<500, _):
            self = .rejected(reason: "status \(reply.status) \(reply.excerpt)")
        default:
            self = .unclear
        }
    }
}

/// What an answer says about the events of its request.
enum Verdict: Equatable {
    case stored
    /// None of them is stored, and that is all right: the server has too much to do.
    case refused
    /// They may be stored or not.
    case unclear
    /// The server does not take what it has to take.
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

import NIOCore

/// The pending answers of a connection, in the order of its requests.
struct AnswerQueue {
    /// The answer to a request.
    enum State {
        /// Not known yet.
        case waiting
        /// 204 without content.
        case noContent
        /// Any other answer, complete with id and date.
        indirect case other(Answer)
    }

    /// A request that waits for its answer.
    struct Request {
        /// The id that the client gave it; nil if there is none.
        let id: String?
        fileprivate(set) var state = State.waiting
    }

    private var requests = CircularBuffer<Request>(initialCapacity: 1)
    /// The ticket of the first request in the queue.
    private var first = 0

    var isEmpty: Bool { requests.isEmpty }
    var count: Int { requests.count }
    /// The ticket of the request that is added next.
    var nextTicket: Int { first + requests.count }

    /// Appends a request; returns its ticket.
    mutating func add(id: String?) -> Int {
        defer { requests.append(Request(id: id)) }
        return nextTicket
    }

    /// The id that a client gave a request; nil if there is none.
    func id(_ ticket: Int) -> String? {
        index(ticket).flatMap { requests[$0].id }
    }

    /// Notes the answer to a request; ignores a ticket from before `removeAll`.
    mutating func note(_ ticket: Int, _ state: State) {
        if let index = index(ticket) { requests[index].state = state }
    }

    /// Removes and returns the first request, if its answer is known.
    mutating func next() -> Request? {
        guard let request = requests.first else { return nil }
        if case .waiting = request.state { return nil }
        first += 1
        return requests.removeFirst()
    }

    mutating func removeAll() {
        first += requests.count
        requests.removeAll()
    }

    private func index(_ ticket: Int) -> CircularBuffer<Request>.Index? {
        let offset = ticket - first
        return requests.indices.count > offset && offset >= 0
            ? requests.index(requests.startIndex, offsetBy: offset) : nil
    }
}

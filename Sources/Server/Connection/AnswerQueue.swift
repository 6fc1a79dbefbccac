import NIOCore

/// The answers that a connection waits for, in the order of its requests.
struct AnswerQueue {
    /// What a request is answered.
    enum State {
        /// It is not known yet.
        case waiting
        /// Its event is stored.
        case stored
        /// Something else, which has its id already.
        indirect case other(Answer)
    }

    /// A request that waits for its answer.
    struct Request {
        /// The id that the client gave it.
        let id: String?
        fileprivate(set) var state = State.waiting
    }

    private var requests = CircularBuffer<Request>(initialCapacity: 1)
    /// The ticket of the first in the queue.
    private var first = 0

    var isEmpty: Bool { requests.isEmpty }
    var count: Int { requests.count }

    /// Puts a request last; returns its ticket.
    mutating func add(id: String?) -> Int {
        requests.append(Request(id: id))
        return first + requests.count - 1
    }

    /// The id that a client gave a request.
    func id(_ ticket: Int) -> String? {
        index(ticket).flatMap { requests[$0].id }
    }

    /// Notes what a request is answered; a ticket from before `removeAll` is no longer known and means nothing.
    mutating func settle(_ ticket: Int, _ state: State) {
        if let index = index(ticket) { requests[index].state = state }
    }

    /// Takes the first out when its answer is known.
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

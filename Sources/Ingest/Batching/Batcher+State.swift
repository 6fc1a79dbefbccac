extension Batcher {
    typealias Writer = CheckedContinuation<Void, Never>

    enum Step {
        case write([Waiting])
        case wait
        case end
    }

    /// The queue of entries, and the rules by which writes start.
    struct State {
        var waiting: [Waiting] = []
        /// Events in `waiting`.
        var gathered = 0
        /// Events in `waiting` and being written.
        var events = 0
        var writing = 0
        /// True while a writer waits for events after a write.
        var isGathering = false
        /// A moving average of `events` at the start of writes.
        private(set) var load = 0
        var idle: [Writer] = []
        var isClosed = false

        /// Queues as much as fits; returns the rest, with the reason.
        mutating func add(_ new: Waiting, _ limits: Limits) -> (waiting: Waiting, reason: Refusal)? {
            if isClosed { return (new, .closed) }
            let room = limits.pending - events
            if new.weight <= room || (events == 0 && !new.isDivisible) {
                put(new)
                return nil
            }
            // An empty queue takes at least one event, as it takes an entry of any size.
            let fitting = max(room, events == 0 ? 1 : 0)
            guard new.isSeparate, fitting > 0 else { return (new, .full) }
            let (taken, refused) = new.split(at: fitting)
            put(taken)
            return (refused, .full)
        }

        private mutating func put(_ new: Waiting) {
            waiting.append(new)
            gathered += new.weight
            events += new.weight
        }

        /// True if another write should start now.
        func mayStart(_ limits: Limits) -> Bool {
            !waiting.isEmpty && (writing == 0 || isClosed || gathered >= limits.secondWriterAt)
        }

        mutating func wakeWriter(_ limits: Limits) -> Writer? {
            mayStart(limits) ? idle.popLast() : nil
        }

        mutating func next(_ limits: Limits) -> Step {
            guard mayStart(limits) else { return isClosed && waiting.isEmpty ? .end : .wait }
            writing += 1
            load = (3 * load + events) / 4
            var count = 0
            var end = 0
            while end < waiting.count, end == 0 || count + waiting[end].weight <= limits.batch {
                count += waiting[end].weight
                end += 1
            }
            gathered -= count
            defer { waiting.removeFirst(end) }
            return .write(Array(waiting[..<end]))
        }
    }
}

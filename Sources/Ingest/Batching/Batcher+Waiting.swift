import Analytics

extension Batcher {
    /// A queued entry, or queued separate events, with the callback for the outcome.
    struct Waiting: Sendable {
        let entry: Batch.Entry
        /// True if the events are independent: some may be stored without the others.
        let isSeparate: Bool
        /// The index of the first event among those appended together.
        private let first: Int
        private let tell: Settle

        /// An entry whose events are stored together or not at all.
        init(entry: Batch.Entry, settle: @escaping Settle) {
            self.init(entry: entry, isSeparate: false, first: 0, tell: settle)
        }

        /// Independent events.
        init(separate events: [Event], settle: @escaping Settle) {
            self.init(entry: Batch.Entry(events: events), isSeparate: true, first: 0, tell: settle)
        }

        private init(entry: Batch.Entry, isSeparate: Bool, first: Int, tell: @escaping Settle) {
            self.entry = entry
            self.isSeparate = isSeparate
            self.first = first
            self.tell = tell
        }

        /// The weight in the queue: the number of events, at least 1, since an entry without events takes memory too.
        var weight: Int { max(1, entry.events.count) }

        var isDivisible: Bool { isSeparate && entry.events.count > 1 }

        func settle(with result: Result<Outcome, any Error>) {
            tell(first..<(first + entry.events.count), result)
        }

        /// The first `count` events and the rest.
        func split(at count: Int) -> (Waiting, Waiting) {
            (part(0..<count), part(count..<entry.events.count))
        }

        var halves: [Waiting] {
            let (first, second) = split(at: entry.events.count / 2)
            return [first, second]
        }

        /// The runs of events between some rows, which are in ascending order.
        func parts(without rows: [Int]) -> [Waiting] {
            let starts = [0] + rows.map { $0 + 1 }
            let ends = rows + [entry.events.count]
            return zip(starts, ends).filter { $0 < $1 }.map { part($0..<$1) }
        }

        func part(_ range: Range<Int>) -> Waiting {
            Waiting(
                entry: Batch.Entry(events: Array(entry.events[range])),
                isSeparate: true,
                first: first + range.lowerBound,
                tell: tell
            )
        }
    }
}

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

        /// Independent events and hits.
        init(separate entry: Batch.Entry, settle: @escaping Settle) {
            self.init(entry: entry, isSeparate: true, first: 0, tell: settle)
        }

        private init(entry: Batch.Entry, isSeparate: Bool, first: Int, tell: @escaping Settle) {
            self.entry = entry
            self.isSeparate = isSeparate
            self.first = first
            self.tell = tell
        }

        /// The weight in the queue: the number of rows, at least 1, since an entry without events takes memory too.
        var weight: Int { max(1, entry.count) }

        var isDivisible: Bool { isSeparate && entry.count > 1 }

        func settle(with result: Result<Outcome, any Error>) {
            tell(first..<(first + entry.count), result)
        }

        /// The first `count` rows and the rest.
        func split(at count: Int) -> (Waiting, Waiting) {
            (part(0..<count), part(count..<entry.count))
        }

        var halves: [Waiting] {
            let (first, second) = split(at: entry.count / 2)
            return [first, second]
        }

        /// The runs of events and hits between some rows, which are in ascending order.
        func parts(without rows: [Int]) -> [Waiting] {
            let starts = [0] + rows.map { $0 + 1 }
            let ends = rows + [entry.count]
            return zip(starts, ends).filter { $0 < $1 }.map { part($0..<$1) }
        }

        func part(_ range: Range<Int>) -> Waiting {
            Waiting(
                entry: entry[range],
                isSeparate: true,
                first: first + range.lowerBound,
                tell: tell
            )
        }
    }
}

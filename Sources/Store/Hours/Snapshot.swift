/// A set of visible transactions, read from the text form of a `pg_snapshot`.
struct Snapshot: Sendable {
    struct Malformed: Error {}

    let text: String
    private let oldestRunning: UInt64
    private let next: UInt64
    private let running: Set<UInt64>

    init(_ text: String) throws(Malformed) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let oldestRunning = UInt64(parts[0]), let next = UInt64(parts[1]) else {
            throw Malformed()
        }
        self.text = text
        self.oldestRunning = oldestRunning
        self.next = next
        running = Set(parts[2].split(separator: ",").compactMap { UInt64($0) })
    }

    /// True if the snapshot shows the changes of a committed transaction.
    func shows(_ transaction: UInt64) -> Bool {
        transaction < oldestRunning || (transaction < next && !running.contains(transaction))
    }
}

import Analytics
import Columns
import Synchronization

/// A cache of the counts of queries, from which they are answered when they are asked again: for other rows, or after
/// changes of the parts, which are then counted alone.
final class CountCache: Sendable {
    /// The counts of a query.
    struct Entry: Sendable {
        let counts: ScanCounts
        /// The numbers of the last changes of the parts that were counted, by day.
        let versions: [Int: Int]
    }

    private static let mostQueries = 1_000

    private let state: Mutex<RecentValues<AskedQuery, Entry>>
    private let hitCount = Atomic(0)

    /// - Parameter limit: The most memory, in bytes.
    init(limit: Int) { state = Mutex(RecentValues(limit: limit, most: Self.mostQueries)) }

    /// The number of answers from counts that were there already.
    var hits: Int { hitCount.load(ordering: .relaxed) }
    /// The memory that the counts take, in bytes.
    var bytes: Int { state.withLock { $0.bytes } }

    /// The counts of a query; nil if they are not kept.
    func entry(of query: Query) -> Entry? { state.withLock { $0.use(AskedQuery(query.counted)) } }

    /// Keeps the counts of a query.
    func keep(_ entry: Entry, of query: Query) {
        let asked = AskedQuery(query.counted)
        guard asked.dependsOnPartsAlone else { return }
        state.withLock { $0.keep(entry, of: asked, bytes: asked.bytes + entry.counts.bytes) }
    }

    /// Notes that queries were answered from counts that were there already.
    func note(hits: Int) { hitCount.add(hits, ordering: .relaxed) }
}

extension Query {
    /// The query for all rows, by which those for some of them are counted.
    fileprivate var counted: Query {
        var query = self
        (query.order, query.limit, query.offset) = ([], Query.limits.rows, 0)
        return query
    }
}

import Analytics
import Synchronization

/// The elements of a whole list, which a task reads from the store while they are sent.
///
/// The reading ends with the last reference, as when the client is gone.
final class ListStream: Sendable {
    private let rows = Handoff<[ListedRow]>()
    private let task: Task<Void, Never>

    /// - Parameters:
    ///   - query: The question.
    ///   - store: The store.
    ///   - place: The place among the streams, which is left when the reading ends.
    init(_ query: ListQuery, _ store: any EventStore, _ place: StreamLimit.Place) {
        task = Task { [rows] in
            do {
                try await store.list(query) { chunk in
                    guard await rows.offer(chunk) else { throw CancellationError() }
                }
                rows.end(nil)
            } catch {
                rows.end(error)
            }
            withExtendedLifetime(place) {}
        }
    }

    deinit {
        rows.close()
        task.cancel()
    }

    /// The next elements, some at a time; nil after the last.
    ///
    /// - Throws: `QueryError`
    func next() async throws -> [ListedRow]? { try await rows.next() }
}

/// The limit of lists that are streamed at the same time, each of which has a connection to the database.
final class StreamLimit: Sendable {
    /// The most streams; another connection for lists is left for pages, and for the sites that are watched.
    static let most = 2

    private let count = Mutex(0)

    /// A place among the streams, which is left with the last reference.
    final class Place: Sendable {
        private let limit: StreamLimit

        fileprivate init(_ limit: StreamLimit) { self.limit = limit }

        deinit { limit.count.withLock { $0 -= 1 } }
    }

    /// Takes a place; nil if there is none left.
    func enter() -> Place? {
        let isFree = count.withLock { count in
            guard count < Self.most else { return false }
            count += 1
            return true
        }
        return isFree ? Place(self) : nil
    }
}

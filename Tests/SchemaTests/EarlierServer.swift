import Analytics
import Postgres
import Support
import Synchronization

/// A server of the program with schema 12, which stores one event after the other, each of another user.
final class EarlierServer: Sendable {
    /// A moment within an hour of which all events are.
    static let end = Timestamp(seconds: 1_224_003_000)

    private let number: Int
    private let url: String
    private let count = Mutex(0)
    private let isStopping = Atomic(false)

    init(number: Int, url: String) {
        self.number = number
        self.url = url
    }

    /// The users of the hour that ends at `end`, as such a server asks for them.
    static func users(in database: TestDatabase) async throws -> Int {
        let seconds = end.milliseconds / 1_000
        let lines = try await database.lines("SELECT unique_users FROM rollup(1, to_timestamp(\(seconds)))")
        return lines.first.flatMap { Int($0) } ?? 0
    }

    /// The number of events that are stored.
    var stored: Int { count.withLock { $0 } }

    func stop() { isStopping.store(true, ordering: .relaxed) }

    /// Stores events until it is stopped.
    ///
    /// - Returns: Their number.
    /// - Throws: The error of the database, unless it is one of those after which a server stores again.
    func run() async throws -> Int {
        try await Connection.with(url, setup: "SET search_path = hourglass, public") { connection in
            while !isStopping.load(ordering: .relaxed) {
                do {
                    try await connection.run(batch(of: stored))
                    count.withLock { $0 += 1 }
                } catch let error as PostgresError where Self.storesNothing(error) {
                    try await connection.run("ROLLBACK")
                }
            }
        }
        return stored
    }

    /// True for a deadlock, a lock that was not to be had, and a call under way when the functions that it calls were
    /// replaced by others with other arguments (undefined_function): nothing is stored, and nobody is told so.
    private static func storesNothing(_ error: PostgresError) -> Bool {
        ["40", "55"].contains(error.state.category) || error.state == "42883"
    }

    private func batch(of event: Int) -> String {
        """
        BEGIN;
        SELECT FROM open_batch(
            gen_random_uuid(), gen_random_uuid(), 1, '{340000}', 0, '{}', '{}', '{}', '{}', '{}', '{}', false, NULL
        );
        INSERT INTO event (ts, site_id, kind, user_id)
        VALUES (to_timestamp(\(1_224_000_000 + event % 1_000)), 1, 1, '\(number)-\(event)');
        COMMIT
        """
    }
}

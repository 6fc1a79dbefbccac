import NIOHTTP1
package import Postgres
import Testing

extension RunningServer {
    /// A connection whose lock blocks all writes until it commits, so that events stay in the queue.
    package func blocker() async throws -> Connection {
        let blocker = try await Connection.open(database.url)
        try await blocker.run("BEGIN; LOCK TABLE hourglass.event IN EXCLUSIVE MODE")
        return blocker
    }

    /// Returns when a number of events waits to be stored.
    package func waits(for count: Int) async throws {
        try await eventually { try await ask(.GET, "/readyz").body.contains(#""pending":\#(count),"#) }
    }

    /// Fills the queue, which must have a limit of one, with an event while `body` runs.
    package func whileNobodyCanWrite(_ body: () async throws -> Void) async throws {
        let blocker = try await blocker()
        async let first = ask(.POST, "/analytics?timestamp=1&user=a&event=click")
        try await waits(for: 1)
        try await body()
        try await blocker.run("COMMIT")
        _ = try await first
        await blocker.close()
    }
}

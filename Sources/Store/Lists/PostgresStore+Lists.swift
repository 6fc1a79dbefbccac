package import Analytics
import Postgres

extension PostgresStore {
    package func list(_ query: ListQuery, _ take: @escaping @Sendable ([ListedRow]) async throws -> Void) async throws {
        if query.kind == .visits, let selection = query.selection {
            return try await SelectedVisitList(store: self, query: query, selection: selection).read(take)
        }
        do {
            try await listing.withConnection { connection in
                // No transaction is open while `take` works: it would hold up the making of partitions.
                switch query.kind {
                case .events: try await EventList(connection: connection, query: query).read(take)
                case .visits: try await VisitList(connection: connection, query: query, workers: workers).read(take)
                case .users: try await UserList(connection: connection, query: query).read(take)
                }
            }
        } catch {
            throw DatabaseFailure(error)?.queryError ?? error
        }
    }
}

import Analytics
import ArgumentParser
import Assembly
import Logging
import Registry
import Server
import Store

/// The options of the commands that ask questions in SQL.
struct QueryFlags: ParsableArguments {
    @OptionGroup var database: DatabaseFlags

    /// Does some work with the saved questions, while a server runs or not.
    ///
    /// - Throws: `CommandFailure`, or an error of the settings.
    func use<R: Sendable>(
        about site: SiteName?,
        _ work: @escaping @Sendable (SavedQueryDesk, QueryLibrary, Site?) async throws -> R
    ) async throws -> R {
        let settings = try database.settings()
        // As for `RegistryFlags`.
        let level = settings.logLevel == .info ? .warning : settings.logLevel
        let logger = JSONLogHandler.logger(level: level)
        do {
            return try await Interruptible.value(logger: logger) {
                let place = RegistryDatabase(settings, logger: logger)
                return try await place.connect { addresses in
                    let found = try await place.site(site, at: addresses)
                    guard let url = addresses.queryURL else {
                        throw CommandFailure("there is no login for SQL: set HOURGLASS_QUERY_URL")
                    }
                    let store = PostgresStore(url: addresses.url, configuration: settings.store, logger: logger)
                    defer { store.close() }
                    let sessions = QuerySessions(url: url, store: store)
                    defer { sessions.close() }
                    let library = QueryLibrary(settings.queries, sessions: sessions, logger: logger)
                    await library.look()
                    let desk = SavedQueryDesk(store: store, queries: library.queries)
                    return try await work(desk, library, found)
                }
            }
        } catch let fault as SQLFault {
            throw CommandFailure(fault.description)
        } catch {
            throw CommandFailure(error)
        }
    }
}

package import Analytics
package import Logging
import Schema
import ServiceLifecycle
import Synchronization
package import SystemPackage

/// The saved questions: those that come with the program, and those in a folder, which it looks at every two seconds.
///
/// A file with the name of one that comes with the program takes its place. The database is asked for the plan of each
/// file, so that the list tells what is wrong with one that cannot be run.
package final class QueryLibrary: Service {
    private static let interval: Duration = .seconds(2)

    private struct State {
        var files: [QueryFolder.File: SavedQuery] = [:]
        /// The files whose plans the database has not been able to tell yet.
        var unchecked: Set<QueryFolder.File> = []
        var lastTrouble: String?
    }

    private let folder: QueryFolder?
    private let sessions: QuerySessions
    private let logger: Logger
    private let state = Mutex(State())

    /// The questions that come with the program.
    package static let shipped: [SavedQuery] = ShippedQuery.all.compactMap { query in
        SavedQuery.Audience(rawValue: query.folder).map { audience in
            var saved = SavedQuery(audience, query.name, text: query.text)
            saved.isShipped = true
            return saved
        }
    }

    /// - Parameters:
    ///   - path: The folder; nil for none.
    ///   - sessions: The connections that questions are asked over.
    ///   - logger: The logger of trouble with the folder.
    package init(_ path: FilePath?, sessions: QuerySessions, logger: Logger) {
        folder = path.map(QueryFolder.init)
        self.sessions = sessions
        self.logger = logger
    }

    /// All questions, by audience and name.
    package var all: [SavedQuery] {
        let own = state.withLock { Array($0.files.values) }
        let names = Set(own.map { "\($0.audience)/\($0.name)" })
        let others = Self.shipped.filter { !names.contains("\($0.audience)/\($0.name)") }
        return (own + others).sorted { ($0.audience.rawValue, $0.name) < ($1.audience.rawValue, $1.name) }
    }

    /// The questions as the routes take them.
    package var queries: SavedQueries {
        SavedQueries(
            all: { self.all },
            ask: { [sessions] in try await sessions.ask($0) },
            columns: { [sessions] in try await sessions.documentedColumns() }
        )
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat {
                await self.look()
                self.sessions.hangUp()
                // Cancelled while waiting: the loop ends.
            } while (try? await Task.sleep(for: Self.interval)) != nil
        }
        sessions.close()
    }

    /// Reads the folder, and asks the database about the files that are new or have changed.
    package func look() async {
        guard let folder else { return }
        let files: [QueryFolder.File]
        do {
            files = try folder.files()
            state.withLock { $0.lastTrouble = nil }
        } catch {
            return note("\(error)")
        }
        for file in files {
            let isKnown = state.withLock { $0.files[file] != nil && !$0.unchecked.contains(file) }
            if !isKnown { await read(file) }
        }
        let present = Set(files)
        state.withLock { state in
            state.files = state.files.filter { present.contains($0.key) }
            state.unchecked.formIntersection(present)
        }
    }

    private func read(_ file: QueryFolder.File) async {
        var query = SavedQuery(file.audience, file.name, text: file.text)
        var isChecked = true
        if let prepared = query.prepared(isExplained: true) {
            do {
                let values = prepared.names.map { query.sample(of: $0) }
                _ = try await sessions.ask(
                    SavedQueries.Question(site: Site.standard, prepared: prepared, values: values)
                )
            } catch let fault as SQLFault {
                query.fault = fault
            } catch {
                isChecked = false
                logger.debug("a query was not checked", metadata: ["error": "\(descriptionForLog(error))"])
            }
        }
        state.withLock { [query, isChecked] state in
            state.files[file] = query
            if isChecked { state.unchecked.remove(file) } else { state.unchecked.insert(file) }
        }
    }

    /// Logs trouble with the folder once.
    private func note(_ trouble: String) {
        let isNew = state.withLock { state in
            defer { state.lastTrouble = trouble }
            return state.lastTrouble != trouble
        }
        guard isNew else { return }
        logger.warning("the folder of queries cannot be read", metadata: ["error": "\(trouble)"])
    }
}

extension SavedQuery {
    /// A value of a parameter by which the plan is asked for.
    fileprivate func sample(of name: String) -> String {
        let parameter = parameters.first { $0.name == name }
        if let standard = parameter?.standard { return standard }
        switch parameter?.kind ?? QueryParameter.given[name] {
        case .integer, .bigint, .numeric: return "1"
        case .boolean: return "true"
        case .date: return "2026-01-01"
        case .timestamptz: return "2026-01-01T00:00:00Z"
        case .text, nil: return "UTC"
        }
    }
}

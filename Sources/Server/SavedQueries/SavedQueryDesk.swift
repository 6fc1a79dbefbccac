package import Analytics
import HTTP

/// Asks saved questions about sites, with the values that somebody gives to their parameters.
package struct SavedQueryDesk: Sendable {
    let store: any EventStore
    let queries: SavedQueries

    /// The names of a request that are no parameters of a question.
    private static let others: Set<String> = [
        "site", "site_id", "share", "key", "format", "days", "t0", "t1", "from", "to",
    ]

    package init(store: any EventStore, queries: SavedQueries) {
        self.store = store
        self.queries = queries
    }

    /// Asks a question.
    ///
    /// - Parameters:
    ///   - query: The question.
    ///   - site: The site.
    ///   - given: The values of its parameters, and the dates.
    /// - Returns: The answer.
    /// - Throws: A `Problem` of a parameter, a `SQLFault` or a `QueryError`
    package func answer(_ query: SavedQuery, about site: Site, _ given: [String: String]) async throws -> QueryTable {
        do {
            if let fault = query.fault { throw fault }
            guard let prepared = query.prepared() else { throw SQLFault("the question cannot be read") }
            let values = try await values(of: query.parameters, about: site, given)
            return try await ask(prepared, about: site, values)
        } catch let refusal as QueryRefusal {
            throw refusal.problem
        }
    }

    /// Asks a question that somebody has written just now, which has the parameters of every question only.
    ///
    /// - Parameters:
    ///   - text: The question.
    ///   - site: The site.
    ///   - given: The dates.
    ///   - isExplained: True to ask for the plan instead of the rows.
    /// - Returns: The answer.
    /// - Throws: A `Problem` of a parameter, a `SQLFault` or a `QueryError`
    func answer(
        text: String,
        about site: Site,
        _ given: [String: String],
        isExplained: Bool
    ) async throws -> QueryTable {
        let query = SavedQuery(.private, "text", text: text)
        if let fault = query.fault { throw fault }
        guard let prepared = query.prepared(isExplained: isExplained) else { throw SQLFault("it cannot be read") }
        do {
            let values = try await values(of: query.parameters, about: site, given)
            return try await ask(prepared, about: site, values)
        } catch let refusal as QueryRefusal {
            throw refusal.problem
        }
    }

    private func ask(
        _ prepared: SQLStatement.Prepared,
        about site: Site,
        _ values: [String: String]
    ) async throws -> QueryTable {
        let question = SavedQueries.Question(
            site: site.id,
            prepared: prepared,
            values: prepared.names.map { values[$0] ?? "" }
        )
        return try await queries.ask(question)
    }

    /// The values of all parameters by name.
    private func values(
        of parameters: [QueryParameter],
        about site: Site,
        _ given: [String: String]
    ) async throws -> [String: String] {
        if let name = given.keys.sorted().first(where: { name in
            !Self.others.contains(name) && !parameters.contains { $0.name == name }
        }) {
            throw QueryRefusal(name, "there is no such parameter")
        }
        let period = try await CrumbyRange(given).period(store, site)
        var values = [
            "site": "\(site.id.rawValue)", "zone": site.zone,
            "from": period.start.textInMilliseconds, "to": period.end.textInMilliseconds,
        ]
        for parameter in parameters {
            let text = given[parameter.name].flatMap { $0.isEmpty && parameter.kind != .text ? nil : $0 }
            guard let value = text ?? parameter.standard else { throw QueryRefusal(parameter.name, "missing") }
            guard parameter.accepts(value) else {
                throw QueryRefusal(parameter.name, "not a value of the type \(parameter.kind.rawValue)")
            }
            values[parameter.name] = value
        }
        return values
    }
}

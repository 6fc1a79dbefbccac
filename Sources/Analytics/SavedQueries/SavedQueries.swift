/// People's own questions in SQL, and the way to ask them.
package struct SavedQueries: Sendable {
    /// A question about a site, with the values of its parameters.
    package struct Question: Sendable {
        package let site: SiteID
        package let prepared: SQLStatement.Prepared
        /// The values of the parameters, in the order of their names.
        package let values: [String]

        package init(site: SiteID, prepared: SQLStatement.Prepared, values: [String]) {
            self.site = site
            self.prepared = prepared
            self.values = values
        }
    }

    /// A column of the documented views.
    package struct DocumentedColumn: Sendable, Hashable {
        package let view: String
        package let viewText: String
        package let name: String
        package let type: String
        package let text: String

        package init(view: String, viewText: String, name: String, type: String, text: String) {
            self.view = view
            self.viewText = viewText
            self.name = name
            self.type = type
            self.text = text
        }
    }

    /// The queries that there are, by audience and name.
    package let all: @Sendable () -> [SavedQuery]
    /// Asks a question; throws a `SQLFault` or a `QueryError`.
    package let ask: @Sendable (Question) async throws -> QueryTable
    /// The documentation of the views, view by view.
    package let columns: @Sendable () async throws -> [DocumentedColumn]
    /// True if there is a login for questions.
    package let isOpen: Bool

    package init(
        isOpen: Bool = true,
        all: @escaping @Sendable () -> [SavedQuery],
        ask: @escaping @Sendable (Question) async throws -> QueryTable,
        columns: @escaping @Sendable () async throws -> [DocumentedColumn]
    ) {
        self.isOpen = isOpen
        self.all = all
        self.ask = ask
        self.columns = columns
    }

    /// A server without a login for questions.
    package static let none = SavedQueries(
        isOpen: false,
        all: { [] },
        ask: { _ in throw QueryError.unavailable(reason: "there is no login for SQL") },
        columns: { [] }
    )

    /// The query of a name; nil if there is none.
    package func query(_ audience: SavedQuery.Audience, _ name: String) -> SavedQuery? {
        all().first { $0.audience == audience && $0.name == name }
    }
}

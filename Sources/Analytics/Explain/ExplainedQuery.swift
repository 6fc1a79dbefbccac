/// The SQL over the documented views that gives the rows of a query, or the reason that there is none.
package enum ExplainedQuery: Hashable, Sendable {
    /// One statement, in which all values are written out.
    case sql(String)
    case none(reason: String)

    /// The statement; nil if there is none.
    package var text: String? { if case .sql(let text) = self { text } else { nil } }

    /// Explains a query as it is answered: with the filters of a share link, the goals and the page rules of the site.
    ///
    /// - Parameters:
    ///   - query: The query.
    ///   - views: The views that the statement reads.
    package init(_ query: Query, over views: ExplainedViews = .ofAllSites) {
        do throws(Unexplained) {
            self = .sql(
                query.basis == .event
                    ? try ExplainedEvents(query, views).text : try ExplainedStatement(query, views).text
            )
        } catch {
            self = .none(reason: error.reason)
        }
    }
}

/// The reason that there is no SQL for a part of a query.
struct Unexplained: Error {
    let reason: String
}

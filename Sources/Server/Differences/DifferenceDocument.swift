import Analytics

/// A question for the causes by which two answers to a query differ, as `POST /api/v1/differences/query` takes it.
struct DifferenceDocument: Sendable {
    let query: QueryDocument
    /// The moment of the first answer.
    let before: Timestamp
    /// The moment of the second one.
    let after: Timestamp

    /// - Parameter document: The query, with the moments as `before` and `after`.
    /// - Throws: A `QueryRefusal` that names the member.
    init(_ document: JSONValue) throws(QueryRefusal) {
        guard var members = document.object else { throw QueryRefusal("body", "a query is a JSON object") }
        before = try Self.moment("before", members.removeValue(forKey: "before"))
        after = try Self.moment("after", members.removeValue(forKey: "after"))
        guard before < after else { throw QueryRefusal("after", "#/after: Expected a moment later than before.") }
        query = try QueryDocument(.object(members))
    }

    /// Reads a moment of RFC 3339, or as a number of seconds or milliseconds since 1970.
    private static func moment(_ name: String, _ value: JSONValue?) throws(QueryRefusal) -> Timestamp {
        guard let value else { throw QueryRefusal(name, "#: Required property \(name) was not present.") }
        if let text = value.text, let moment = try? Timestamp(rfc3339: text.utf8Span.span) { return moment }
        if let number = value.int, let written = try? Timestamp.Written(parsing: "\(number)".utf8Span.span) {
            return written.timestamp
        }
        throw .at(name, "Expected a moment such as \"2026-01-05T10:00:00Z\" but got \(value).")
    }
}

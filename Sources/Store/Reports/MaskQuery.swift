import Analytics
import Columns
import Postgres

extension Filter.Test {
    /// True if PostgreSQL has to compare: it knows patterns, and the case of all letters.
    var needsDatabase: Bool { comparison == .matches || ignoresCase }
}

extension Connection {
    /// Compares the values of a dimension with the texts of a test.
    ///
    /// - Throws: A `QueryError` of a pattern that is none.
    func mask(of test: Filter.Test, over values: AttributeValues) async throws -> Mask {
        let texts = values.texts.compactMap(\.self)
        guard !texts.isEmpty else { return Mask(test, over: values.texts) { _ in false } }
        let (text, wanted) = test.ignoresCase ? (Self.lower("text"), Self.lower("wanted")) : ("text", "wanted")
        let comparison =
            switch test.comparison {
            case .equals: "\(text) = \(wanted)"
            case .contains: "position(\(wanted) IN \(text)) > 0"
            case .matches: test.ignoresCase ? "text ~* wanted" : "text ~ wanted"
            }
        let query = PostgresQuery(
            """
            SELECT text FROM unnest($1::text[]) AS text \
            WHERE EXISTS (SELECT FROM unnest($2::text[]) AS wanted WHERE \(comparison))
            """,
            Parameters(PostgresArray(texts), PostgresArray(test.values))
        )
        do {
            let found = Set(try await execute(query) { Array(try $0.decode(String.self).utf8) })
            return Mask(test, over: values.texts) { found.contains(Array($0.utf8)) }
        } catch let error as PostgresError where error.state == .invalidRegularExpression {
            throw QueryError.invalid(.pattern)
        }
    }

    private static func lower(_ text: String) -> String { "lower(\(text) COLLATE \"und-x-icu\")" }
}

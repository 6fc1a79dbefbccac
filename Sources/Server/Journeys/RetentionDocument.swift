import Analytics

/// A question about visitors who come again, as `POST /api/v1/retention/query` takes it.
struct RetentionDocument: Hashable, Sendable {
    let journey: JourneyDocument
    let unit: TimeUnit
    let start: StepDocument?
    let comeback: StepDocument?

    /// - Throws: A `QueryRefusal` that names the member.
    init(_ members: [String: JSONValue]) throws(QueryRefusal) {
        journey = try JourneyDocument(members, besides: ["cohort", "start", "return"])
        guard let cohort = members["cohort"] else {
            throw QueryRefusal("cohort", "#: Required property cohort was not present.")
        }
        guard let unit = cohort.text.flatMap(TimeUnit.init), RetentionQuery.units.contains(unit) else {
            throw .at("cohort", "Expected \"day\", \"week\", \"week:sunday\" or \"month\" but got \(cohort).")
        }
        self.unit = unit
        start = try Self.step("start", members)
        comeback = try Self.step("return", members)
    }

    private static func step(_ name: String, _ members: [String: JSONValue]) throws(QueryRefusal) -> StepDocument? {
        guard let value = members[name] else { return nil }
        return try StepDocument(value, name)
    }

    /// The question about a site.
    ///
    /// - Throws: The errors of `StepDocument.goal`.
    func query(_ selection: Query, _ access: Access) throws -> RetentionQuery {
        RetentionQuery(
            selection,
            by: unit,
            start: try start?.goal(access, "start"),
            comeback: try comeback?.goal(access, "return")
        )
    }
}

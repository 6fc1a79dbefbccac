import Analytics

/// A question about steps, as `POST /api/v1/funnels/query` takes it.
struct FunnelDocument: Hashable, Sendable {
    let journey: JourneyDocument
    let steps: [StepDocument]
    let window: FunnelQuery.Window

    /// - Throws: A `QueryRefusal` that names the member.
    init(_ members: [String: JSONValue]) throws(QueryRefusal) {
        journey = try JourneyDocument(members, besides: ["steps", "within"])
        guard let value = members["steps"] else {
            throw QueryRefusal("steps", "#: Required property steps was not present.")
        }
        steps = try Self.steps(value)
        window = try Self.window(members["within"])
    }

    private static func steps(_ value: JSONValue) throws(QueryRefusal) -> [StepDocument] {
        guard let values = value.array else { throw .type("steps", "Array", value) }
        let limits = FunnelQuery.limits.steps
        guard limits.contains(values.count) else {
            throw .at("steps", "Expected \(limits.lowerBound) to \(limits.upperBound) items but got \(values.count).")
        }
        var steps: [StepDocument] = []
        for (place, value) in values.enumerated() { steps.append(try StepDocument(value, "steps/\(place)")) }
        return steps
    }

    private static func window(_ value: JSONValue?) throws(QueryRefusal) -> FunnelQuery.Window {
        guard let value, value != .text("visit") else { return .visit }
        guard let members = value.object, members.count == 1, let days = members["days"]?.int,
            FunnelQuery.limits.days.contains(days)
        else { throw .at("within", "Expected \"visit\" or {\"days\": 1 to 90} but got \(value).") }
        return .days(days)
    }

    /// The question about a site.
    ///
    /// - Throws: The errors of `StepDocument.goal`.
    func query(_ selection: Query, _ access: Access) throws -> FunnelQuery {
        let goals = try steps.enumerated().map { try $0.element.goal(access, "steps/\($0.offset)") }
        return FunnelQuery(selection, steps: goals, within: window)
    }
}

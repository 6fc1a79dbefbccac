import Analytics
import HTTP
import HTTPTypes

/// An act of visitors as a question describes it, or the goal of the site that it names.
enum StepDocument: Hashable, Sendable {
    case act(GoalInput)
    case id(Int)
    case name(String)

    private static let members: Set<String> = ["event", "page", "scroll", "properties"]

    /// - Parameters:
    ///   - value: The step.
    ///   - path: Its place in the question, such as `steps/0`.
    /// - Throws: A `QueryRefusal` that names the place.
    init(_ value: JSONValue, _ path: String) throws(QueryRefusal) {
        guard let members = value.object else { throw .type(path, "Object", value) }
        if let goal = members["goal"] {
            guard members.count == 1 else { throw .at(path, "Expected no other member beside goal.") }
            self = try Self.goal(goal, "\(path)/goal")
            return
        }
        if let unknown = members.keys.filter({ !Self.members.contains($0) }).min() {
            throw .at("\(path)/\(unknown)", "Schema does not allow additional properties.")
        }
        let event = try Self.text("event", members, path)
        let page = try Self.text("page", members, path)
        let scroll = try Self.scroll(members["scroll"], "\(path)/scroll")
        let properties = try Self.properties(members["properties"], "\(path)/properties")
        do {
            self = .act(try GoalInput(event: event, page: page, scroll: scroll, properties: properties))
        } catch {
            throw .at("\(path)/\(error.field.rawValue)", error.reason)
        }
    }

    private static func goal(_ value: JSONValue, _ path: String) throws(QueryRefusal) -> StepDocument {
        if let id = value.int { return .id(id) }
        guard let name = value.text else { throw .type(path, "String", value) }
        return .name(name)
    }

    private static func text(
        _ name: String,
        _ members: [String: JSONValue],
        _ path: String
    ) throws(QueryRefusal) -> String? {
        guard let value = members[name] else { return nil }
        guard let text = value.text else { throw .type("\(path)/\(name)", "String", value) }
        return text
    }

    private static func scroll(_ value: JSONValue?, _ path: String) throws(QueryRefusal) -> Int? {
        guard let value else { return nil }
        guard let depth = value.int else { throw .type(path, "Integer", value) }
        return depth
    }

    private static func properties(_ value: JSONValue?, _ path: String) throws(QueryRefusal) -> [String: String] {
        guard let value else { return [:] }
        guard let members = value.object else { throw .type(path, "Object", value) }
        var properties: [String: String] = [:]
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            guard let text = value.text else { throw .type("\(path)/\(name)", "String", value) }
            properties[name] = text
        }
        return properties
    }

    /// The act as a goal.
    ///
    /// - Parameters:
    ///   - access: The permission: what is public tells nothing by properties but those of the site's goals.
    ///   - path: The place of the step in the question.
    /// - Returns: The goal.
    /// - Throws: A `QueryRefusal` for a goal that the site does not have, or a `Problem` for what needs a key.
    func goal(_ access: Access, _ path: String) throws -> Goal {
        switch self {
        case .act(let input):
            try access.check(propertiesOf: input, String(path.prefix { $0 != "/" }))
            return input.goal(GoalID(rawValue: 0))
        case .id(let id):
            guard let goal = access.site.goals.first(where: { Int($0.id.rawValue) == id }) else {
                throw QueryRefusal.at("\(path)/goal", "the site has no goal with the id \(id)")
            }
            return goal
        case .name(let name):
            guard let goal = access.site.goals.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
                throw QueryRefusal.at("\(path)/goal", "the site has no goal of this name")
            }
            return goal
        }
    }
}

extension Access {
    /// Refuses properties that may tell about single persons.
    fileprivate func check(propertiesOf input: GoalInput, _ field: String) throws(Problem) {
        guard isPublic, !input.properties.isEmpty else { return }
        throw Problem(.forbidden, "for properties a public site needs a read key or a share link", field: field)
    }
}

extension Goal {
    /// The step as questions write it.
    var stepJSON: JSON {
        let values = properties.sorted { $0.key < $1.key }.map { ($0.key, Optional(JSON.text($0.value))) }
        let (event, page, depth): (String?, String?, Int?) =
            switch kind {
            case .event(let name): (name, nil, nil)
            case .page(let pattern): (nil, pattern, nil)
            case .scroll(let pattern, let depth): (nil, pattern, depth)
            }
        return .object([
            "event": event.map(JSON.text), "page": page.map(JSON.text), "scroll": depth.map(JSON.number),
            "properties": values.isEmpty ? nil : .object(JSON.Members(values)),
        ])
    }
}

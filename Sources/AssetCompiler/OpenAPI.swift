/// An OpenAPI document that is assembled from fragments, each of which has the structure of the whole.
///
/// An operation, another member of a path, a component and a tag stand in one fragment each; fragments may share paths.
struct OpenAPI {
    /// A value that has to come from one fragment as a whole, and the keys on the way to it.
    private struct Part {
        let path: [String]
        let value: JSON
        let file: String
    }

    /// The members of a document in the order in which people read them.
    private static let members = ["openapi", "info", "servers", "security", "tags", "paths", "components"]

    private var parts: [Part] = []
    private var files: [[String]: String] = [:]

    /// Adds a fragment; throws if it has something that another one has too, or that no document has.
    mutating func add(_ fragment: JSON, file: String) throws(Failure) {
        guard case .object(let members) = fragment else { throw Failure(file: file, reason: "not a JSON object") }
        for member in members where !Self.members.contains(member.key) {
            throw Failure(file: file, reason: "an OpenAPI document has no member \(member.key)")
        }
        for part in try Self.parts(of: fragment, at: [], file: file) {
            if let other = files.updateValue(file, forKey: part.path) {
                throw Failure(file: file, reason: "\(part.path.joined(separator: " ")) is in \(other) too")
            }
            parts.append(part)
        }
    }

    /// The whole document; throws if a member is missing or a reference or the id of an operation is wrong.
    func document() throws(Failure) -> JSON {
        var document = JSON.object([])
        for member in Self.members {
            for part in parts where part.path.first == member { document.insert(part.value, at: part.path[...]) }
        }
        if let tags = document["tags"] { document.insert(.array(tags.members.map(\.value)), at: ["tags"]) }
        for member in ["openapi", "info", "paths"] where document[member] == nil {
            throw Failure(file: "OpenAPI", reason: "no fragment has the member \(member)")
        }
        try checkReferences(in: document)
        try checkOperations()

        return document
    }

    private static func parts(of value: JSON, at path: [String], file: String) throws(Failure) -> [Part] {
        if path == ["tags"] { return try tags(value, file: file) }
        guard isShared(path), case .object(let members) = value else {
            return [Part(path: path, value: value, file: file)]
        }
        var parts: [Part] = []
        for member in members { parts += try Self.parts(of: member.value, at: path + [member.key], file: file) }
        return parts
    }

    /// True if fragments may each add members to the object at this path.
    private static func isShared(_ path: [String]) -> Bool {
        switch path.count {
        case 0: true
        case 1: path[0] == "paths" || path[0] == "components"
        case 2: path[0] == "components" || path[0] == "paths" && path[1].hasPrefix("/")
        default: false
        }
    }

    private static func tags(_ list: JSON, file: String) throws(Failure) -> [Part] {
        guard case .array(let tags) = list else { throw Failure(file: file, reason: "tags is not an array") }
        var parts: [Part] = []
        for tag in tags {
            guard let name = tag["name"]?.string else { throw Failure(file: file, reason: "a tag has no name") }
            parts.append(Part(path: ["tags", name], value: tag, file: file))
        }
        return parts
    }

    private func checkReferences(in document: JSON) throws(Failure) {
        for part in parts {
            for reference in part.value.references where document.value(at: reference) == nil {
                throw Failure(file: part.file, reason: "there is nothing at the reference \(reference)")
            }
        }
    }

    private func checkOperations() throws(Failure) {
        var files: [String: String] = [:]
        for part in parts where part.path.first == "paths" {
            guard let id = part.value["operationId"]?.string else { continue }
            if let other = files.updateValue(part.file, forKey: id) {
                throw Failure(file: part.file, reason: "the operationId \(id) is in \(other) too")
            }
        }
    }
}

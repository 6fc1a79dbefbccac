/// A dictionary of values that many hits share; the raw value is the name of its table.
package enum DictionaryKind: String, Sendable, CaseIterable {
    case name, host, path, title, place, agent, origin
}

extension DictionaryKind {
    /// The names of the columns of an entry; nil for a dictionary of single texts.
    package var fields: [String]? {
        switch self {
        case .name, .host, .path, .title: nil
        case .place: Place.fields.map(\.name)
        case .agent: Agent.fields.map(\.name)
        case .origin: Origin.fields.map(\.name)
        }
    }
}

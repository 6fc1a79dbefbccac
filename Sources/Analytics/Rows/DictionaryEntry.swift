/// A value in a dictionary, to which hits refer by its id.
package enum DictionaryEntry: Hashable, Sendable {
    case name(String)
    case host(String)
    case path(String)
    case title(String)
    case place(Place)
    case agent(Agent)
    case origin(Origin)

    package var kind: DictionaryKind {
        switch self {
        case .name: .name
        case .host: .host
        case .path: .path
        case .title: .title
        case .place: .place
        case .agent: .agent
        case .origin: .origin
        }
    }

    /// The values of its columns in the table.
    package var texts: [String?] {
        switch self {
        case .name(let text), .host(let text), .path(let text), .title(let text): [text]
        case .place(let place): place.texts
        case .agent(let agent): agent.texts
        case .origin(let origin): origin.texts
        }
    }

    /// Makes an entry of the values of its columns; nil if the one text of an entry is missing.
    init?(_ kind: DictionaryKind, texts: [String?]) {
        switch kind {
        case .place: self = .place(Place(texts: texts))
        case .agent: self = .agent(Agent(texts: texts))
        case .origin: self = .origin(Origin(texts: texts))
        case .name, .host, .path, .title:
            guard let text = texts.first ?? nil else { return nil }
            switch kind {
            case .name: self = .name(text)
            case .host: self = .host(text)
            case .path: self = .path(text)
            default: self = .title(text)
            }
        }
    }
}

extension DictionaryEntry {
    /// Compares the texts by bytes, as the database does.
    package static func == (first: DictionaryEntry, second: DictionaryEntry) -> Bool {
        switch (first, second) {
        case (.name(let one), .name(let other)), (.host(let one), .host(let other)),
            (.path(let one), .path(let other)), (.title(let one), .title(let other)):
            one.hasBytes(of: other)
        case (.place(let one), .place(let other)): one == other
        case (.agent(let one), .agent(let other)): one == other
        case (.origin(let one), .origin(let other)): one == other
        default: false
        }
    }
}

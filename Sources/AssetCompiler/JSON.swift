/// A JSON value whose members keep their order and whose scalars keep their spelling.
enum JSON: Equatable, Sendable {
    case object([Member])
    case array([JSON])
    /// A string with its quotes, a number, `true`, `false` or `null`, as written.
    case scalar(String)

    struct Member: Equatable, Sendable {
        let key: String
        var value: JSON
    }

    /// The members of an object; none of any other value.
    var members: [Member] {
        if case .object(let members) = self { members } else { [] }
    }

    /// The member of an object with this key.
    subscript(key: String) -> JSON? {
        members.first { $0.key == key }?.value
    }

    /// The text between the quotes of a string, with its escapes as written.
    var string: String? {
        guard case .scalar(let text) = self, text.hasPrefix("\"") else { return nil }
        return String(text.dropFirst().dropLast())
    }

    /// Puts a value below this one, and makes the objects on the way that do not exist.
    mutating func insert(_ value: JSON, at path: ArraySlice<String>) {
        guard let key = path.first else {
            self = value
            return
        }
        var members = members
        let index = members.firstIndex { $0.key == key } ?? members.endIndex
        if index == members.endIndex { members.append(Member(key: key, value: .object([]))) }
        members[index].value.insert(value, at: path.dropFirst())
        self = .object(members)
    }

    /// The value as text with a line for each member and element, indented by two blanks.
    func text(indent: String = "") -> String {
        let inner = indent + "  "
        let (open, lines, close): (String, [String], String) =
            switch self {
            case .scalar(let text): (text, [], "")
            case .array(let elements): ("[", elements.map { inner + $0.text(indent: inner) }, "]")
            case .object(let members):
                ("{", members.map { "\(inner)\"\($0.key)\": \($0.value.text(indent: inner))" }, "}")
            }
        return lines.isEmpty ? open + close : "\(open)\n\(lines.joined(separator: ",\n"))\n\(indent)\(close)"
    }
}

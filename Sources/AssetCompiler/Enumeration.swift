/// The source of an enum with a constant for each file: a `String` for UTF-8 without NUL, a `[UInt8]` for anything
/// else.
struct Enumeration {
    private let name: String
    private var constants: [(identifier: String, path: String, type: String, literal: String)] = []

    init(name: String) {
        self.name = name
    }

    /// Adds a file; throws if its constant would have the name of another one's.
    mutating func add(_ content: [UInt8], path: String) throws(Failure) {
        let identifier = Self.identifier(path)
        if let other = constants.first(where: { $0.identifier == identifier }) {
            throw Failure(file: path, reason: "\(other.path) is called \(identifier) too")
        }
        if let text = String(validating: content, as: UTF8.self), !content.contains(0) {
            constants.append((identifier, path, "String", Literal.text(text)))
        } else {
            constants.append((identifier, path, "[UInt8]", Literal.bytes(content)))
        }
    }

    /// The Swift source; constants and lists are in the order in which the files were added.
    var source: String {
        let constants = constants.map { constant in
            "    /// \(constant.path)\n    static let \(constant.identifier): \(constant.type) = \(constant.literal)\n"
        }
        let lists = [list(of: "String", "texts"), list(of: "[UInt8]", "binaries")]
        return "enum \(name) {\n\((constants + lists).joined())}\n"
    }

    /// Every constant of a type by the path of its file.
    private func list(of type: String, _ name: String) -> String {
        let pairs = constants.filter { $0.type == type }.map { "        \"\($0.path)\": \($0.identifier),\n" }
        guard !pairs.isEmpty else { return "" }
        return "    static let \(name): KeyValuePairs<String, \(type)> = [\n\(pairs.joined())    ]\n"
    }

    /// The path with `_` for what cannot be in a name: `tables_001_event_sql`.
    private static func identifier(_ path: String) -> String {
        let name = String(path.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        return name.first?.isNumber == true ? "_" + name : name
    }
}

// Prometheus' text format 0.0.4: a HELP line, a TYPE line, and a line for each combination of labels.

/// A metric of `/metrics`.
package protocol Exposable: Sendable {
    /// Its lines in the text format.
    var exposition: String { get }
}

func header(_ name: String, _ help: String, _ type: String) -> String {
    "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
}

func labelText(_ pairs: [(String, String)]) -> String {
    guard !pairs.isEmpty else { return "" }
    return "{" + pairs.map { "\($0)=\"\(escaped($1))\"" }.joined(separator: ",") + "}"
}

/// A value of a label with its backslashes, quotes and line breaks escaped.
private func escaped(_ value: String) -> String {
    guard value.utf8.contains(where: { $0 == 0x5c || $0 == 0x22 || $0 == 0x0a }) else { return value }
    return value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
}

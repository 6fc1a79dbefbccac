import Analytics
import HTTP
import Hummingbird
import Ingest
import Web

/// The fields of a form that a page sent, or those of the query of an address.
struct PageForm: Sendable {
    /// The largest form, in bytes.
    static let largest = 256 << 10

    private(set) var values: [String: String] = [:]
    /// The file that came with it; nil without one.
    private(set) var file: [UInt8]?

    /// Reads a form by its type.
    ///
    /// - Parameters:
    ///   - body: The body.
    ///   - type: The value of `Content-Type`; nil without one.
    init(_ body: [UInt8], _ type: String?) {
        guard let form = type.flatMap({ MultipartForm(body, $0) }) else {
            self.init(body)
            return
        }
        self.init([])
        for part in form.parts {
            if part.isFile {
                file = Array(part.bytes)
            } else {
                values[part.name] = String(decoding: part.bytes, as: UTF8.self).replacing("\r\n", with: "\n")
            }
        }
    }

    /// Reads a form (`application/x-www-form-urlencoded`); a field that stands there twice has its last value.
    init(_ bytes: [UInt8]) {
        let span = bytes.span
        forEachPair(of: span) { key, value in
            let name = String(decoding: key.indices.map { key[$0] }, as: UTF8.self)
            let text = try? decoding(value, .body, in: span) { decoded in
                String(decoding: decoded.indices.map { decoded[$0] }, as: UTF8.self)
            }
            // Line breaks of text areas come as CR LF (HTML, section 4.10.22.4).
            values[name] = text?.replacing("\r\n", with: "\n")
        }
    }

    /// The text of a field without blanks around it; empty without the field.
    subscript(name: String) -> String {
        let text = values[name] ?? ""
        return text.contains { !$0.isWhitespace } ? text.trimmed : ""
    }

    /// The text of a field as it is; empty without the field.
    func secret(_ name: String) -> String { values[name] ?? "" }

    /// True for a box that is checked.
    func isOn(_ name: String) -> Bool { values[name] != nil }

    /// The lines of a text area, without blanks around them and without empty ones.
    func lines(_ name: String) -> [String] {
        self[name].split(whereSeparator: { $0 == "\n" || $0 == "," }).map { String($0).trimmed }.filter { !$0.isEmpty }
    }

    /// The state of a form that is shown again.
    ///
    /// - Parameters:
    ///   - errors: The reasons why values are refused, by the name of the field.
    ///   - problem: The reason why the form as a whole is refused.
    /// - Returns: The state, without passwords and codes.
    func state(errors: [String: String] = [:], problem: String? = nil) -> FormState {
        let secrets: Set<String> = ["password", "current", "code", "token", "secret"]
        return FormState(values: values.filter { !secrets.contains($0.key) }, errors: errors, problem: problem)
    }
}

extension String {
    /// The text without blanks around it.
    fileprivate var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

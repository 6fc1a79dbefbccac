/// The reason that a statement of people's own SQL cannot be run, as PostgreSQL gives it.
package struct SQLFault: Error, Hashable, Sendable {
    package let message: String
    package let detail: String?
    package let hint: String?
    /// The place in the text, in characters from 1 on; nil if it is not known.
    package let position: Int?

    /// - Parameters:
    ///   - message: What is wrong.
    ///   - detail: More about it.
    ///   - hint: What may help.
    ///   - position: The place in the text, in characters from 1 on.
    package init(_ message: String, detail: String? = nil, hint: String? = nil, position: Int? = nil) {
        self.message = message
        self.detail = detail
        self.hint = hint
        self.position = position
    }
}

extension SQLFault: CustomStringConvertible {
    /// The message on one line, with the place and the hint.
    package var description: String {
        let place = position.map { " at character \($0)" } ?? ""
        return message + place + (detail.map { ": \($0)" } ?? "") + (hint.map { " (hint: \($0))" } ?? "")
    }
}

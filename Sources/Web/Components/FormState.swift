/// What was put into a form, and what is wrong with it; empty for a form that nobody has sent.
package struct FormState: Sendable, Hashable {
    /// The values of fields by name, without passwords.
    package var values: [String: String]
    /// The reasons why values are refused, by the name of the field.
    package var errors: [String: String]
    /// The reason why the form as a whole is refused.
    package var problem: String?
    /// What comes before the names of fields in their ids, for pages with more than one form.
    private(set) var prefix = ""

    /// - Parameters:
    ///   - values: The values of fields by name.
    ///   - errors: The reasons why values are refused, by the name of the field.
    ///   - problem: The reason why the form as a whole is refused.
    package init(values: [String: String] = [:], errors: [String: String] = [:], problem: String? = nil) {
        self.values = values
        self.errors = errors
        self.problem = problem
    }

    /// True if the form was sent, so that a box without a value was left empty.
    var isSent: Bool { !values.isEmpty || !errors.isEmpty || problem != nil }

    /// The same with a prefix of the ids of its fields.
    func named(_ prefix: String) -> FormState {
        var state = self
        state.prefix = prefix + "-"
        return state
    }

    /// The id of the element of a field.
    func id(of name: String) -> String { prefix + name }

    /// The notice of the reason why the form as a whole is refused.
    var notice: Notice? { problem.map { Notice(.error, $0) } }
}

package import Analytics

/// An account of the server in the list of all of them.
package struct AccountRow: Sendable {
    package let name: String
    /// The name of the person; empty for none.
    package let displayName: String
    package let email: String
    package let isOperator: Bool
    /// False if it cannot log in before it has chosen a password.
    package let hasPassword: Bool
    package let hasSecondFactor: Bool
    /// The organisations with the roles in them, such as `default (owner)`.
    package let organisations: [String]
    package let created: Timestamp
    package let seen: Timestamp?

    /// - Parameters:
    ///   - name: The name.
    ///   - displayName: The name of the person.
    ///   - email: The address.
    ///   - isOperator: True for an operator.
    ///   - hasPassword: False if it cannot log in before it has chosen a password.
    ///   - hasSecondFactor: True if its logins need a code.
    ///   - organisations: The organisations with the roles in them.
    ///   - created: The time at which it was made.
    ///   - seen: The time of its last request; nil for none.
    package init(
        name: String,
        displayName: String,
        email: String,
        isOperator: Bool,
        hasPassword: Bool,
        hasSecondFactor: Bool,
        organisations: [String],
        created: Timestamp,
        seen: Timestamp?
    ) {
        self.name = name
        self.displayName = displayName
        self.email = email
        self.isOperator = isOperator
        self.hasPassword = hasPassword
        self.hasSecondFactor = hasSecondFactor
        self.organisations = organisations
        self.created = created
        self.seen = seen
    }
}

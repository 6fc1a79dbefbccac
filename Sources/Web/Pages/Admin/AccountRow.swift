package import Analytics

/// An account of the server in the list of all of them.
package struct AccountRow: Sendable {
    package let name: String
    package let displayName: String?
    package let email: String
    package let isOperator: Bool
    package let isBlocked: Bool
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
    ///   - isBlocked: True if it cannot log in.
    ///   - hasSecondFactor: True if its logins need a code.
    ///   - organisations: The organisations with the roles in them.
    ///   - created: The time at which it was made.
    ///   - seen: The time of its last request; nil for none.
    package init(
        name: String,
        displayName: String?,
        email: String,
        isOperator: Bool,
        isBlocked: Bool,
        hasSecondFactor: Bool,
        organisations: [String],
        created: Timestamp,
        seen: Timestamp?
    ) {
        self.name = name
        self.displayName = displayName
        self.email = email
        self.isOperator = isOperator
        self.isBlocked = isBlocked
        self.hasSecondFactor = hasSecondFactor
        self.organisations = organisations
        self.created = created
        self.seen = seen
    }
}

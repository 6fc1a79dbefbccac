/// A member of an organisation.
package struct MemberRow: Sendable {
    /// The name of the account.
    package let account: String
    package let displayName: String?
    package let email: String
    /// The role, such as `member`.
    package let role: String

    /// - Parameters:
    ///   - account: The name of the account.
    ///   - displayName: The name of the person.
    ///   - email: The address of the account.
    ///   - role: The role.
    package init(account: String, displayName: String?, email: String, role: String) {
        self.account = account
        self.displayName = displayName
        self.email = email
        self.role = role
    }

    /// The name of the person with the name and the address of the account below it.
    var identity: HTML {
        "\(HTML.name(displayName ?? account))<span class=\"sub\">\(HTML.name(account)) · \(HTML.name(email))</span>"
    }
}

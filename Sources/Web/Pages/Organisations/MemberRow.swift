/// A member of an organisation.
package struct MemberRow: Sendable {
    /// The name of the account.
    package let account: String
    /// The name of the person; empty for none.
    package let displayName: String
    package let email: String
    /// The role, such as `member`.
    package let role: String

    /// - Parameters:
    ///   - account: The name of the account.
    ///   - displayName: The name of the person; empty for none.
    ///   - email: The address of the account; empty for none.
    ///   - role: The role.
    package init(account: String, displayName: String, email: String, role: String) {
        self.account = account
        self.displayName = displayName
        self.email = email
        self.role = role
    }

    /// The name of the person with the name and the address of the account below it.
    var identity: HTML {
        let address: HTML? = email.isEmpty ? nil : " · \(HTML.name(email))"
        return """
            \(HTML.name(displayName.isEmpty ? account : displayName))\
            <span class="sub">\(HTML.name(account))\(address)</span>
            """
    }
}

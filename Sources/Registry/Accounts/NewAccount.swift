package import Analytics

/// An account that is to be made.
package struct NewAccount: Sendable {
    package let name: AccountName
    package let email: String
    package let displayName: String
    package let password: String

    package init(name: AccountName, email: String, displayName: String, password: String) {
        self.name = name
        self.email = email
        self.displayName = displayName
        self.password = password
    }
}

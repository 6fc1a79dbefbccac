/// The maker of a change, for the audit log.
package struct Author: Sendable {
    /// The name of the account; empty for a command of the system.
    package let account: String
    /// The address of the client; empty for a command.
    package let address: String

    package init(account: String, address: String) {
        self.account = account
        self.address = address
    }

    /// Somebody at the command line.
    package static let command = Author(account: "", address: "")
}

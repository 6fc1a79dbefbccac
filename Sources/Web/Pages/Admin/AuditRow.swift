package import Analytics

/// An entry of the audit log.
package struct AuditRow: Sendable {
    package let time: Timestamp
    /// The name of the account; nil for a command or nobody.
    package let account: String?
    /// What was done, such as `key.add`.
    package let action: String
    /// What it was done to.
    package let subject: String
    /// The address from which it was done; nil for a command.
    package let address: String?

    /// - Parameters:
    ///   - time: The time.
    ///   - account: The name of the account.
    ///   - action: What was done.
    ///   - subject: What it was done to.
    ///   - address: The address from which it was done.
    package init(time: Timestamp, account: String?, action: String, subject: String, address: String?) {
        self.time = time
        self.account = account
        self.action = action
        self.subject = subject
        self.address = address
    }
}

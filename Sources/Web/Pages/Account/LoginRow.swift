package import Analytics

/// A login of an account in the list of them.
package struct LoginRow: Sendable {
    package let id: Int
    /// The browser and the system, such as "Firefox on Linux".
    package let device: String
    /// The beginning of the address, such as `203.0.113.0/24`.
    package let address: String
    package let created: Timestamp
    package let seen: Timestamp
    /// True for the login with which the page is asked for.
    package let isCurrent: Bool

    /// - Parameters:
    ///   - id: The id, by which it is ended.
    ///   - device: The browser and the system.
    ///   - address: The beginning of the address.
    ///   - created: The time at which it began.
    ///   - seen: The time of its last request.
    ///   - isCurrent: True for the login with which the page is asked for.
    package init(
        id: Int,
        device: String,
        address: String,
        created: Timestamp,
        seen: Timestamp,
        isCurrent: Bool
    ) {
        self.id = id
        self.device = device
        self.address = address
        self.created = created
        self.seen = seen
        self.isCurrent = isCurrent
    }
}

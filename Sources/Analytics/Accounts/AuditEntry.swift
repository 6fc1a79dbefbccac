/// A change that somebody made, as the audit log keeps it.
package struct AuditEntry: Sendable, Equatable {
    package let id: Int
    package let time: Timestamp
    /// The name of the account, as it was then; empty for a command of the system.
    package let account: String
    /// The address of the client; empty for a command.
    package let address: String
    /// The kind of the change, such as `site.rename`.
    package let action: String
    /// The object of the change, such as the name of a site.
    package let subject: String

    package init(id: Int, time: Timestamp, account: String, address: String, action: String, subject: String) {
        self.id = id
        self.time = time
        self.account = account
        self.address = address
        self.action = action
        self.subject = subject
    }
}

extension AuditEntry: Decodable {
    private enum CodingKeys: String, CodingKey {
        case id, account, address, action, subject
        case time = "at"
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(Int.self, forKey: .id)
        time = try values.decodeTime(forKey: .time)
        account = try values.decode(String.self, forKey: .account)
        address = try values.decode(String.self, forKey: .address)
        action = try values.decode(String.self, forKey: .action)
        subject = try values.decode(String.self, forKey: .subject)
    }
}

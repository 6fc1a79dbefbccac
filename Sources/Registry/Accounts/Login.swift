package import Analytics

/// A browser that is logged in.
package struct Login: Sendable, Decodable {
    package let id: Int
    package let account: Account
    /// False until the second factor has been given.
    package let isComplete: Bool

    private enum CodingKeys: String, CodingKey {
        case id, account
        case isComplete = "is_complete"
    }
}

/// The facts about a client that logs in.
package struct LoginClient: Sendable {
    /// The user agent.
    package let agent: String
    /// The address; empty without one.
    package let address: String
    /// The part of the address that the client cannot choose, by which attempts are counted; empty without one.
    package let addressKey: String

    package init(agent: String, address: String, addressKey: String) {
        self.agent = agent
        self.address = address
        self.addressKey = addressKey
    }
}

/// A login of an account, as lists show it.
package struct ListedLogin: Sendable, Equatable {
    package let id: Int
    /// The user agent of the browser.
    package let agent: String
    /// The address that it began from.
    package let address: String
    package let created: Timestamp
    package let used: Timestamp

    package init(id: Int, agent: String, address: String, created: Timestamp, used: Timestamp) {
        self.id = id
        self.agent = agent
        self.address = address
        self.created = created
        self.used = used
    }
}

extension ListedLogin: Decodable {
    private enum CodingKeys: String, CodingKey { case id, agent, address, created, used }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(Int.self, forKey: .id)
        agent = try values.decode(String.self, forKey: .agent)
        address = try values.decode(String.self, forKey: .address)
        created = try values.decodeTime(forKey: .created)
        used = try values.decodeTime(forKey: .used)
    }
}

/// Somebody who logs in.
package struct Account: Sendable, Equatable {
    package let id: Int
    package let name: String
    /// The e-mail address; empty without one.
    package var email: String
    /// The name for people; empty for that of the login.
    package var displayName: String
    /// True for one who may do everything everywhere.
    package var isOperator: Bool
    package var settings: AccountSettings
    /// False for one who cannot log in before a reset link has been used.
    package let hasPassword: Bool
    package let hasSecondFactor: Bool
    package let created: Timestamp
    /// The last use of one of its logins.
    package let used: Timestamp?
    /// The roles by the names of organisations.
    package var roles: [String: Role]

    package init(
        id: Int,
        name: String,
        email: String = "",
        displayName: String = "",
        isOperator: Bool = false,
        settings: AccountSettings = AccountSettings(),
        hasPassword: Bool = true,
        hasSecondFactor: Bool = false,
        created: Timestamp,
        used: Timestamp? = nil,
        roles: [String: Role] = [:]
    ) {
        self.id = id
        self.name = name
        self.email = email
        self.displayName = displayName
        self.isOperator = isOperator
        self.settings = settings
        self.hasPassword = hasPassword
        self.hasSecondFactor = hasSecondFactor
        self.created = created
        self.used = used
        self.roles = roles
    }

    /// The name to greet with.
    package var shownName: String { displayName.isEmpty ? name : displayName }

    /// The role in an organisation, which operators have the highest of everywhere; nil for none.
    package func role(in organisation: String) -> Role? { isOperator ? .owner : roles[organisation] }

    /// True if it may do in an organisation what takes a role.
    package func may(_ role: Role, in organisation: String) -> Bool {
        self.role(in: organisation).map { $0 >= role } ?? false
    }
}

extension Account: Decodable {
    private enum CodingKeys: String, CodingKey {
        case id, name, email, settings, created, used, roles
        case displayName = "display_name"
        case isOperator = "operator"
        case hasPassword = "has_password"
        case hasSecondFactor = "has_second_factor"
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(Int.self, forKey: .id)
        name = try values.decode(String.self, forKey: .name)
        email = try values.decode(String.self, forKey: .email)
        displayName = try values.decode(String.self, forKey: .displayName)
        isOperator = try values.decode(Bool.self, forKey: .isOperator)
        settings = try values.decode(AccountSettings.self, forKey: .settings)
        hasPassword = try values.decode(Bool.self, forKey: .hasPassword)
        hasSecondFactor = try values.decode(Bool.self, forKey: .hasSecondFactor)
        created = try values.decodeTime(forKey: .created)
        used = try values.decodeTimeIfPresent(forKey: .used)
        roles = try values.decode([String: Role].self, forKey: .roles)
    }
}

/// An owner of sites, with the accounts that may see or change them.
package struct Organisation: Sendable, Equatable {
    /// A member of an organisation.
    package struct Member: Sendable, Equatable {
        package let name: String
        package let displayName: String
        package let email: String
        package let role: Role
        package let since: Timestamp

        package init(name: String, displayName: String, email: String, role: Role, since: Timestamp) {
            self.name = name
            self.displayName = displayName
            self.email = email
            self.role = role
            self.since = since
        }
    }

    /// A link that makes somebody a member, as lists show it: its text is shown once.
    package struct Invitation: Sendable, Equatable {
        package let id: Int
        package let role: Role
        package let label: String
        package let expires: Timestamp

        package init(id: Int, role: Role, label: String, expires: Timestamp) {
            self.id = id
            self.role = role
            self.label = label
            self.expires = expires
        }
    }

    package let name: String
    /// The name for people; empty for `name`.
    package var title: String
    package let hasLogo: Bool
    /// The members in order of their names.
    package let members: [Member]
    /// The invitations that have not been used.
    package let invitations: [Invitation]

    package init(
        name: String,
        title: String = "",
        hasLogo: Bool = false,
        members: [Member] = [],
        invitations: [Invitation] = []
    ) {
        self.name = name
        self.title = title
        self.hasLogo = hasLogo
        self.members = members
        self.invitations = invitations
    }

    /// True for a name: 1 to 64 of a-z, 0-9, `.`, `_` and `-`, the first one a letter or digit.
    package static func isName(_ text: String) -> Bool { AccountName(text)?.text == text }
}

extension Organisation: Decodable {
    private enum CodingKeys: String, CodingKey {
        case name, title, members, invitations
        case hasLogo = "has_logo"
    }
}

extension Organisation.Member: Decodable {
    private enum CodingKeys: String, CodingKey {
        case name, email, role, since
        case displayName = "display_name"
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        name = try values.decode(String.self, forKey: .name)
        displayName = try values.decode(String.self, forKey: .displayName)
        email = try values.decode(String.self, forKey: .email)
        role = try values.decode(Role.self, forKey: .role)
        since = try values.decodeTime(forKey: .since)
    }
}

extension Organisation.Invitation: Decodable {
    private enum CodingKeys: String, CodingKey { case id, role, label, expires }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(Int.self, forKey: .id)
        role = try values.decode(Role.self, forKey: .role)
        label = try values.decode(String.self, forKey: .label)
        expires = try values.decodeTime(forKey: .expires)
    }
}

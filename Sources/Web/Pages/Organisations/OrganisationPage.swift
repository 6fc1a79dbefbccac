import Analytics

/// The members and the invitations of an organisation.
///
/// Its forms have the actions `role` (`account`, `role`), `remove` (`account`), `invite` (`role`, `label`), `revoke`
/// (`id`), `rename` (`title`), `logo` (a file), `remove_logo` and `delete` (`confirm`, the name).
package struct OrganisationPage: Page {
    let name: String
    /// The name for people.
    package let title: String
    let members: [MemberRow]
    let invitations: [InvitationRow]
    /// The roles that the reader may give; empty for a reader who may only look.
    let roles: [String]
    /// True if the reader owns it, and may change and remove it.
    let isOwned: Bool
    let hasLogo: Bool
    /// The link of the invitation that was just made.
    let secret: SecretOnce?
    let problem: String?
    let inviting: FormState
    let renaming: FormState
    let uploading: FormState
    let deleting: FormState

    /// - Parameters:
    ///   - name: The name.
    ///   - title: The name for people; empty for `name`.
    ///   - members: The members.
    ///   - invitations: The invitations that were not accepted yet.
    ///   - roles: The roles that the reader may give.
    ///   - isOwned: True if the reader owns it, and may change and remove it.
    ///   - hasLogo: True with a logo.
    ///   - secret: The link of the invitation that was just made.
    ///   - problem: The reason why a change of a member was refused.
    ///   - inviting: What was put into the form of an invitation.
    ///   - renaming: What was put into the form of the name.
    ///   - uploading: The state of the form of the logo.
    ///   - deleting: What was put into the form to remove it.
    package init(
        name: String,
        title: String = "",
        members: [MemberRow],
        invitations: [InvitationRow],
        roles: [String],
        isOwned: Bool,
        hasLogo: Bool = false,
        secret: SecretOnce? = nil,
        problem: String? = nil,
        inviting: FormState = FormState(),
        renaming: FormState = FormState(),
        uploading: FormState = FormState(),
        deleting: FormState = FormState()
    ) {
        self.name = name
        self.title = title.isEmpty ? name : title
        self.members = members
        self.invitations = invitations
        self.roles = roles
        self.isOwned = isOwned
        self.hasLogo = hasLogo
        self.secret = secret
        self.problem = problem
        self.inviting = inviting.named("invite")
        self.renaming = renaming.named("rename")
        self.uploading = uploading.named("logo")
        self.deleting = deleting.named("delete")
    }

    package var place: Place { .general }
    package var notices: [Notice] { problem.map { [Notice(.error, $0)] } ?? [] }

    package func content(_ links: Links) -> HTML {
        let target = links.organisation(name)
        let list = MemberList(members: members, roles: roles, target: target)
        let logo: HTML? =
            hasLogo ? "<img class=\"logo\" src=\"\(links.logo(of: name))\" alt=\"\">" : nil
        let text: HTML = "Organisation <code>\(HTML.name(name))</code>"
        return """
            <div class="column">\(PageHead(HTML.name(title), text: text, actions: logo))
            \(secret)\(list)\(invitationList(target))\(invitation(target))\(isOwned ? owned(links) : nil)
            </div>
            """
    }

    private func invitationList(_ target: Link) -> Card? {
        guard !invitations.isEmpty else { return nil }
        let table = Table(
            "Invitations",
            columns: [
                Table.Column("For"), Table.Column("Role"), Table.Column("Ends"),
                Table.Column("Actions", isUnseen: true),
            ],
            rows: invitations.map { row in
                let revocation = ButtonForm(
                    target: target,
                    values: ["action": "revoke", "id": "\(row.id)"],
                    button: Button("Revoke", .quiet, subject: row.label)
                )
                return [
                    row.label.isEmpty ? "anybody with the link" : .name(row.label), Badge(row.role).html,
                    Moment(row.ends).html, roles.isEmpty ? "" : revocation.html,
                ]
            }
        )
        return Card(title: "Open invitations", content: table.html)
    }

    private func invitation(_ target: Link) -> FormSection? {
        guard !roles.isEmpty else { return nil }
        let role = RadioGroup(
            name: "role",
            legend: "Role",
            choices: RoleName.choices(roles),
            form: inviting,
            value: roles.contains("member") ? "member" : roles.first
        )
        let label = Field(
            name: "label",
            label: "Label",
            form: inviting,
            hint: "Whom it is for. Nothing is sent: you hand over the link.",
            autocomplete: "off",
            isRequired: false,
            placeholder: "ada@example.com",
            limit: 100
        )
        return FormSection(
            title: "Invite",
            target: target,
            action: "invite",
            form: inviting,
            fields: "\(role)\(label)",
            button: Button("Create link")
        )
    }

    /// The forms of its owner.
    private func owned(_ links: Links) -> HTML {
        let logo = LogoForm(organisation: name, hasLogo: hasLogo, form: uploading, links: links)
        return "\(renaming(links.organisation(name)))\(logo)\(name == "default" ? nil : deletion(links))"
    }

    private func deletion(_ links: Links) -> FormSection {
        FormSection(
            title: "Remove the organisation",
            text: "With its members and invitations. Its sites have to be moved or removed before.",
            target: links.organisation(name),
            action: "delete",
            form: deleting,
            fields: Confirm(expected: name, form: deleting).html,
            button: Button("Remove the organisation", .danger),
            isDangerous: true
        )
    }

    private func renaming(_ target: Link) -> FormSection {
        FormSection(
            title: "Name",
            text: "As pages show it; addresses and commands keep <code>\(HTML.name(name))</code>.",
            target: target,
            action: "rename",
            form: renaming,
            fields: Field(name: "title", label: "Name", form: renaming, value: title, autocomplete: "off", limit: 100)
                .html,
            button: Button("Rename")
        )
    }
}

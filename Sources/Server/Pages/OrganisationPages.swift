import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry
import Web

/// The pages of organisations: `/organisations` and `/organisations/{organisation}`.
struct OrganisationPages: Sendable {
    let accounts: Accounts
    let registry: SiteRegistry
    let writer: PageWriter
    /// The settings of the server, for links that are passed on.
    let settings: ServerSettings

    private var links: Links { writer.frame.links }

    var routes: [PageRoute] {
        [
            PageRoute("/organisations", .account, changing: .operator, get: { try await list($0) }, post: add),
            PageRoute(
                "/organisations/{organisation}",
                .organisation(.viewer),
                changing: .organisation(.admin),
                get: { try await show($0) },
                post: change
            ),
            PageRoute("/organisations/{organisation}/logo", .organisation(.viewer), get: showLogo),
        ]
    }

    private func list(
        _ page: PageRequest,
        adding: FormState = FormState(),
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let account = try page.account
        let sites = Dictionary(grouping: try await registry.snapshot().allSites, by: \.organisation)
        let rows = try await accounts.organisations().compactMap { organisation in
            account.role(in: organisation.name).map { role in
                OrganisationRow(
                    name: organisation.name,
                    title: organisation.title,
                    role: role.rawValue,
                    sites: sites[organisation.name]?.count ?? 0
                )
            }
        }
        let shown = OrganisationsPage(rows: rows, mayAdd: account.isOperator, adding: adding)
        return writer.response(shown, for: account, to: page.request, status: status)
    }

    @Sendable private func add(_ page: PageRequest) async throws -> Response {
        let (name, title) = (page.form["name"].lowercased(), page.form["title"])
        var errors: [String: String] = [:]
        if !Organisation.isName(name) { errors["name"] = AccountName.form }
        errors["title"] = Self.faultOfTitle(title)
        if errors.isEmpty {
            do {
                try await accounts.addOrganisation(name, title: title, owner: try page.account, by: page.author)
                return writer.redirect(to: links.organisation(name), done: .added)
            } catch RegistryFailure.refused(let reason) {
                errors["name"] = reason
            }
        }
        return try await list(page, adding: page.form.state(errors: errors), status: .badRequest)
    }

    @Sendable private func showLogo(_ page: PageRequest) async throws -> Response {
        guard let logo = try await accounts.logo(of: try page.ownOrganisation), let image = ImageFile(logo.bytes) else {
            throw PageFailure.notFound
        }
        return image.response
    }

    private static func faultOfTitle(_ title: String) -> String? { title.count > 200 ? "up to 200 characters" : nil }

    private func show(
        _ page: PageRequest,
        secret: SecretOnce? = nil,
        problem: String? = nil,
        inviting: FormState = FormState(),
        renaming: FormState = FormState(),
        uploading: FormState = FormState(),
        deleting: FormState = FormState(),
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let (account, name) = (try page.account, try page.ownOrganisation)
        guard let organisation = try await accounts.organisation(name) else { throw PageFailure.notFound }
        let isAdmin = account.may(.admin, in: name)
        let shown = OrganisationPage(
            name: name,
            title: organisation.title,
            members: organisation.members.map { MemberRow($0) },
            invitations: isAdmin ? organisation.invitations.map { InvitationRow($0) } : [],
            roles: Self.roles(of: account, in: name).map(\.rawValue),
            isOwned: account.may(.owner, in: name),
            hasLogo: organisation.hasLogo,
            secret: secret,
            problem: problem,
            inviting: inviting,
            renaming: renaming,
            uploading: uploading,
            deleting: deleting
        )
        return writer.response(shown, for: account, to: page.request, status: status)
    }

    /// The roles that an account may give and take: admins up to their own, owners all.
    private static func roles(of account: Account, in organisation: String) -> [Role] {
        guard let own = account.role(in: organisation), own >= .admin else { return [] }
        return Role.allCases.filter { $0 <= own }
    }

    @Sendable private func change(_ page: PageRequest) async throws -> Response {
        let (account, name) = (try page.account, try page.ownOrganisation)
        let roles = Self.roles(of: account, in: name)
        let target = links.organisation(name)
        do {
            switch page.form["action"] {
            case "invite": return try await invite(page, roles)
            case "role":
                let role = try Self.role(page.form["role"], roles)
                try await checkRank(of: page.form["account"], in: name, roles)
                try await accounts.set(role, of: page.form["account"], in: name, by: page.author)
                return writer.redirect(to: target, done: .saved)
            case "remove":
                try await checkRank(of: page.form["account"], in: name, roles)
                try await accounts.set(nil, of: page.form["account"], in: name, by: page.author)
                return writer.redirect(to: target, done: .removed)
            case "revoke":
                try await accounts.removeInvitation(Int(page.form["id"]) ?? 0, of: name, by: page.author)
                return writer.redirect(to: target, done: .revoked)
            case let action where Self.formsOfOwners.contains(action):
                guard account.may(.owner, in: name) else { throw PageFailure.forbidden("owner") }
                return try await changeOwn(page)
            default: throw SettingsKit.unknownForm
            }
        } catch RegistryFailure.refused(let reason) {
            return try await show(page, problem: reason, status: .conflict)
        }
    }

    private static let formsOfOwners: Set = ["rename", "logo", "remove_logo", "delete"]

    /// Takes the forms of owners.
    private func changeOwn(_ page: PageRequest) async throws -> Response {
        let name = try page.ownOrganisation
        let target = links.organisation(name)
        switch page.form["action"] {
        case "rename":
            let title = page.form["title"]
            if let fault = Self.faultOfTitle(title) {
                let form = page.form.state(errors: ["title": fault])
                return try await show(page, renaming: form, status: .badRequest)
            }
            try await accounts.setOrganisation(name, title: title, by: page.author)
            return writer.redirect(to: target, done: .saved)
        case "logo":
            guard let image = page.form.file.flatMap({ ImageFile($0) }) else {
                let form = page.form.state(errors: ["logo": ImageFile.form])
                return try await show(page, uploading: form, status: .badRequest)
            }
            try await accounts.setOrganisation(name, logo: (image.bytes, image.kind.rawValue), by: page.author)
            return writer.redirect(to: target, done: .saved)
        case "remove_logo":
            try await accounts.setOrganisation(name, logo: ([], ""), by: page.author)
            return writer.redirect(to: target, done: .removed)
        default:
            guard page.form["confirm"] == name else {
                let form = page.form.state(errors: ["confirm": "This is not the name of the organisation."])
                return try await show(page, deleting: form, status: .badRequest)
            }
            try await accounts.removeOrganisation(name, by: page.author)
            return writer.redirect(to: links.organisations, done: .removed)
        }
    }

    private func invite(_ page: PageRequest, _ roles: [Role]) async throws -> Response {
        let (name, label) = (try page.ownOrganisation, page.form["label"])
        if let fault = SettingsKit.faultOfLabel(label) {
            let form = page.form.state(errors: ["label": fault])
            return try await show(page, inviting: form, status: .badRequest)
        }
        let role = try Self.role(page.form["role"], roles)
        let text = try await accounts.invite(to: name, as: role, label: label, by: page.author)
        let hint = "Send it to whom you invite. It works once, for \(Accounts.invitationDays) days."
        let link = page.absolute(links.invitation(text.text), settings)
        return try await show(page, secret: SecretOnce("Invitation as \(role.rawValue)", secret: link, text: hint))
    }

    private static func role(_ text: String, _ roles: [Role]) throws -> Role {
        guard let role = Role(rawValue: text) else {
            throw Problem(.badRequest, "there is no such role", field: "role")
        }
        guard roles.contains(role) else { throw PageFailure.forbidden("owner") }
        return role
    }

    /// Refuses a change of a member whose role is above those that one may give.
    private func checkRank(of member: String, in organisation: String, _ roles: [Role]) async throws {
        let role = try await accounts.account(member).roles[organisation]
        guard role.map(roles.contains) ?? true else { throw PageFailure.forbidden("owner") }
    }
}

extension MemberRow {
    init(_ member: Organisation.Member) {
        self.init(
            account: member.name,
            displayName: member.displayName,
            email: member.email,
            role: member.role.rawValue
        )
    }
}

extension InvitationRow {
    fileprivate init(_ invitation: Organisation.Invitation) {
        self.init(id: invitation.id, role: invitation.role.rawValue, label: invitation.label, ends: invitation.expires)
    }
}

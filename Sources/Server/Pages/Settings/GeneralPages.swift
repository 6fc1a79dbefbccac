import Analytics
import HTTP
import Hummingbird
import Registry
import Web

/// The settings of a site that have one form each: name and hosts, privacy, retention, and pages.
struct GeneralPages: Sendable {
    let kit: SettingsKit

    var routes: [PageRoute] {
        [
            PageRoute(
                "/s/{site}/settings",
                .site(.member),
                get: { page in
                    let site = try page.ownSite
                    // Members may open some of the pages alone.
                    let mayChange = try page.account.may(.admin, in: site.organisation)
                    return kit.writer.redirect(to: kit.link(site, mayChange ? .general : .snippet))
                }
            ),
            kit.route(.general, get: { try await show($0) }, post: change),
            kit.route(.privacy, get: { try kit.answer(PrivacyPage(try $0.ownSite), $0) }, post: changePrivacy),
            kit.route(.retention, get: { try await showRetention($0) }, post: changeRetention),
            kit.route(.pages, get: { try kit.answer(PagesPage(try $0.ownSite), $0) }, post: changePages),
            kit.route(.members, get: showMembers),
        ]
    }

    private func show(
        _ page: PageRequest,
        renaming: FormState = FormState(),
        form: FormState = FormState()
    ) async throws -> Response {
        let shown = GeneralPage(try page.ownSite, zones: try await kit.zones.names(), renaming: renaming, form: form)
        let isRefused = renaming != FormState() || form != FormState()
        return try kit.answer(shown, page, status: isRefused ? .badRequest : .ok)
    }

    @Sendable private func change(_ page: PageRequest) async throws -> Response {
        let site = try page.ownSite
        let editor = kit.accounts.editor(by: page.author)
        if page.form["action"] == "rename" {
            do {
                let name = try SiteName(parsing: page.form["name"].lowercased().utf8Span.span)
                try await editor.renameSite(site.name, to: name)
                return kit.writer.redirect(to: kit.writer.frame.links.settings(name), done: .renamed)
            } catch let error as Rejection {
                return try await show(page, renaming: page.form.state(errors: ["name": error.reason.rawValue]))
            } catch RegistryFailure.refused(let reason) {
                return try await show(page, renaming: page.form.state(errors: ["name": reason]))
            }
        }
        let input = SiteInput(page.form)
        let errors = input.errors.filter { $0.key != "name" }
        guard errors.isEmpty else { return try await show(page, form: page.form.state(errors: errors)) }
        do {
            try await editor.setSite(site.name, hostnames: input.hostnames, zone: input.zone, changes: "{}")
        } catch RegistryFailure.refused(let reason) {
            return try await show(page, form: page.form.state(errors: ["timezone": reason]))
        }
        return try kit.done(.saved, .general, page)
    }

    @Sendable private func changePrivacy(_ page: PageRequest) async throws -> Response {
        if let form = try await kit.set([("respect", page.form["respect"])], page) {
            return try kit.answer(PrivacyPage(try page.ownSite, form: form), page, status: .badRequest)
        }
        return try kit.done(.saved, .privacy, page)
    }

    private func showRetention(_ page: PageRequest, form: FormState = FormState()) async throws -> Response {
        let shown = RetentionPage(try page.ownSite, days: kit.settings.retentionDays, form: form)
        return try kit.answer(shown, page, status: form == FormState() ? .ok : .badRequest)
    }

    @Sendable private func changeRetention(_ page: PageRequest) async throws -> Response {
        let (hours, days) = (page.form["late_hours"], page.form["retention_days"])
        if let most = kit.settings.retentionDays, let days = Int(days), days > most {
            let errors = ["retention_days": "the server keeps hits for \(most) days"]
            return try await showRetention(page, form: page.form.state(errors: errors))
        }
        if let form = try await kit.set([("late_hours", hours), ("retention_days", days)], page) {
            return try await showRetention(page, form: form)
        }
        return try kit.done(.saved, .retention, page)
    }

    @Sendable private func changePages(_ page: PageRequest) async throws -> Response {
        let texts = [
            ("pages", page.form.lines("pages").joined(separator: ",")),
            ("query", page.form.lines("query").joined(separator: ",")),
            ("hash", "\(page.form.isOn("hash"))"),
        ]
        if let form = try await kit.set(texts, page) {
            return try kit.answer(PagesPage(try page.ownSite, form: form), page, status: .badRequest)
        }
        return try kit.done(.saved, .pages, page)
    }

    @Sendable private func showMembers(_ page: PageRequest) async throws -> Response {
        let site = try page.ownSite
        guard let organisation = try await kit.accounts.organisation(site.organisation) else {
            throw PageFailure.notFound
        }
        let rows = organisation.members.map { MemberRow($0) }
        return try kit.answer(SiteMembersPage(site: site.name, organisation: organisation.name, rows: rows), page)
    }
}

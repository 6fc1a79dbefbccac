import Analytics
import HTTP
import Hummingbird
import Registry
import Web

/// The page of the goals of a site.
struct GoalPages: Sendable {
    let kit: SettingsKit

    var routes: [PageRoute] { [kit.route(.goals, .member, get: { try await show($0) }, post: change)] }

    private func show(_ page: PageRequest, adding: FormState = FormState()) async throws -> Response {
        let shown = GoalsPage(try page.ownSite, adding: adding)
        return try kit.answer(shown, page, status: adding == FormState() ? .ok : .badRequest)
    }

    @Sendable private func change(_ page: PageRequest) async throws -> Response {
        let site = try page.ownSite
        let editor = kit.accounts.editor(by: page.author)
        do {
            switch page.form["action"] {
            case "add":
                _ = try await editor.add(try Self.goal(page.form), to: site.name)
                return try kit.done(.added, .goals, page)
            case "remove":
                try await editor.removeGoal(GoalID(rawValue: Int32(page.form["id"]) ?? 0), of: site.name)
                return try kit.done(.removed, .goals, page)
            default: throw SettingsKit.unknownForm
            }
        } catch let invalid as GoalInput.Invalid {
            let form = page.form.state(errors: [invalid.field.rawValue: invalid.reason])
            return try await show(page, adding: form)
        } catch RegistryFailure.refused(let reason) {
            return try await show(page, adding: page.form.state(problem: reason))
        }
    }

    private static func goal(_ form: PageForm) throws(GoalInput.Invalid) -> GoalInput {
        func text(_ name: String) -> String? { form[name].isEmpty ? nil : form[name] }
        let kind = form["kind"]
        let pairs = form.lines("properties").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        let properties = Dictionary(
            pairs.compactMap { pair in pair.first.map { ($0, pair.count > 1 ? pair[1] : "") } },
            uniquingKeysWith: { _, last in last }
        )
        return try GoalInput(
            event: kind == "event" ? text("event") : nil,
            page: kind == "event" ? nil : text("page") ?? "",
            // What is no number is none from 1 to 100.
            scroll: kind == "scroll" ? Int(form["scroll"]) ?? 0 : nil,
            display: text("display"),
            properties: properties,
            currency: text("currency")?.uppercased()
        )
    }
}

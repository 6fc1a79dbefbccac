import Analytics
import HTTP
import Hummingbird
import Registry
import Web

/// The page of the addresses whose hits are not taken.
struct AddressPages: Sendable {
    let kit: SettingsKit

    var routes: [PageRoute] { [kit.route(.addresses, get: { try show($0) }, post: change)] }

    private func show(_ page: PageRequest, form: FormState = FormState()) throws -> Response {
        let site = try page.ownSite
        let own = page.client.address
        let shown = AddressesPage(
            site: site.name,
            addresses: site.settings.excludedAddresses,
            own: own.isEmpty ? nil : own,
            form: form
        )
        return try kit.answer(shown, page, status: form == FormState() ? .ok : .badRequest)
    }

    @Sendable private func change(_ page: PageRequest) async throws -> Response {
        let addresses: [String]
        switch page.form["action"] {
        case "save": addresses = page.form.lines("addresses")
        case "exclude": addresses = try page.ownSite.settings.excludedAddresses + [page.client.address]
        default: throw SettingsKit.unknownForm
        }
        if let wrong = addresses.first(where: { AddressBlock($0) == nil }) {
            let reason = "\(wrong) is no address or block such as 192.0.2.1 or 2001:db8::/32"
            return try show(page, form: page.form.state(errors: ["addresses": reason]))
        }
        if let form = try await kit.set([("exclude", addresses.joined(separator: ","))], page) {
            let reason = form.errors["exclude"]
            let state = page.form.state(errors: reason.map { ["addresses": $0] } ?? [:], problem: form.problem)
            return try show(page, form: state)
        }
        return try kit.done(.saved, .addresses, page)
    }
}

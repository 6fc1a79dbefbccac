import Analytics
import ArgumentParser
import Assembly
import HTTP
import Registry
import Server
import SystemPackage
import Web

/// Makes the first account and site, as the page of the setup does, and a template of settings.
struct Initialize: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make the first account and a site, print the line for its pages, and write a template of settings.",
        discussion: """
            What is not given is asked for in a terminal. The template is written to .env, unless there is such a file. \
            \(PasswordInput.help)
            """
    )

    @Option(help: "The name to log in with: \(AccountName.form).")
    var name: String?

    @Option(help: "The e-mail address.")
    var email = ""

    @Option(help: "The name of the site, such as example.com.")
    var site: String?

    @Option(help: "A host of the site's pages; without one that of its name, if it looks like one.")
    var hostname: String?

    @Option(help: "The time zone of the site's dates, such as Europe/Berlin; UTC by default.")
    var timezone: String?

    @OptionGroup var address: AddressFlags

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let base = try address.base(registry)
        let server = try registry.database.settings().server
        let site = try siteName()
        let new = try account()
        let hostnames = try hostnames(site)
        let zone = timezone
        try await registry.use { editor in
            let accounts = editor.accounts
            guard let link = try await accounts.makeSetupLink(replacing: nil) else {
                throw CommandFailure("there is an account already: log in, or use `hourglass account add`")
            }
            try await accounts.add(new, by: link, .setup, address: "")
            _ = try await editor.addSite(
                site,
                hostnames: hostnames,
                zone: zone,
                settings: SiteSettings(),
                organisation: nil
            )
        }
        let snippet = Snippet(
            site: site.text,
            page: "https://\(hostnames.first?.text ?? "example.com")/",
            server: base,
            script: server.trackerPath.text,
            endpoint: server.collectPath.text
        )
        let template = try SettingsTemplate.write(to: ".env")
        guard !registry.json else {
            let line = snippet.parts.first?.text ?? ""
            let json = JSON.object(["account": .text(new.name.text), "site": .text(site.text), "tag": .text(line)])
            return print(json.description)
        }
        print("made the account \(new.name.text) and the site \(site.text): log in at \(base.text)/login\n")
        print(snippet.text)
        print("\n\(template)")
    }

    private func account() throws -> NewAccount {
        let text = try name ?? Prompt.ask("Name to log in with: ")
        guard let name = AccountName(text) else { throw CommandFailure("a name has \(AccountName.form)") }
        let new = NewAccount(name: name, email: email, displayName: "", password: try PasswordInput.read())
        guard new.faults.isEmpty else { throw CommandFailure(new.faults.map(\.text).joined(separator: "; ")) }
        return new
    }

    private func siteName() throws -> SiteName {
        let text = try site ?? Prompt.ask("Site, such as example.com: ")
        guard let name = SiteName(argument: text.lowercased()) else {
            throw CommandFailure("a site has a name of 1 to 100 of the characters a-z, 0-9, '.', '_', '/' and '-'")
        }
        return name
    }

    private func hostnames(_ site: SiteName) throws -> [Hostname] {
        guard let hostname else { return site.text.contains(".") ? Hostname(site.text).map { [$0] } ?? [] : [] }
        guard let host = Hostname(hostname) else {
            throw CommandFailure("'\(hostname)' is no host such as example.com")
        }
        return [host]
    }
}

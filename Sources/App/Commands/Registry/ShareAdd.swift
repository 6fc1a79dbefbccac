import Analytics
import ArgumentParser
import HTTP
import Registry
import Server

/// Adds a share link.
struct ShareAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a link to the reports of a site, and print its text.",
        discussion: "Write the text down, since it is not shown again. \(PasswordInput.help)"
    )

    @Argument(help: "The site.")
    var site: SiteName

    @Option(help: "A name for people, up to 100 characters.")
    var label = ""

    @Option(
        name: .customLong("filter"),
        help: """
            A filter of every answer, as /api/v1/stats has it: a field, one of == != =@ !@ =~ !~, and values with commas, \
            such as country==DE,AT; repeat it for several, all of which have to hold.
            """
    )
    var filters: [String] = []

    @Flag(help: "Give it a password, which its pages ask for; the API does not take such a link.")
    var withPassword = false

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        try checkLabel(label)
        let filters: SavedFilters
        do { filters = try SavedFilters(self.filters) } catch {
            throw CommandFailure("--filter: \(error.description)")
        }
        let (site, label, share) = (site, label, ShareText.random())
        let text = withPassword ? try PasswordInput.read() : nil
        if let text, let fault = PasswordRule.fault(of: text, name: site.text) { throw CommandFailure(fault) }
        let id = try await registry.use { editor in
            let password = try await editor.accounts.sharePassword(text)
            return try await editor.add(share, to: site, label: label, filters: filters.json, password: password)
        }
        let json = JSON.object(["id": .number(id), "share": .text(share.text), "has_password": .bool(text != nil)])
        print(registry.json ? json.description : share.text)
    }
}

import ArgumentParser
import Assembly
import HTTP
import Schema
import Server
import SystemPackage
import Testing

@testable import App

/// The flags of the commands, which follow from the declarations of the settings.
struct FlagTests {
    @Test(arguments: Setting.Command.allCases)
    func everyCommandHasTheFlagsThatAreDeclaredForIt(command: Setting.Command) {
        let type: any ParsableCommand.Type =
            switch command {
            case .serve: Serve.self
            case .migrate: Migrate.self
            case .config: Config.self
            case .healthcheck: HealthCheck.self
            case .geoip: GeoIPUpdate.self
            }
        let help = App.helpMessage(for: type, columns: 1_000)
        let declared = Setting.all.filter { $0.commands.contains(command) }
        let flags = help.matches(of: /\n  --([a-z0-9-]+)/).map { String($0.1) }
        let others: Set = ["version", "login", "plan", "json", "sha256", "force"]
        #expect(Set(flags).subtracting(others) == Set(declared.map(\.name)))
        for setting in declared { #expect(help.contains(setting.documentation)) }
    }

    @Test func whatAFlagSaysComesToTheSettings() throws {
        let arguments = [
            "--host", "h", "--port", "1", "--public-url", "https://a.example", "--strict", "--data-dir", "/d",
            "--database-url", "host=db", "--flavour", "postgres", "--log-level", "debug",
        ]
        let serve = try #require(try App.parseAsRoot(["serve"] + arguments) as? Serve)
        let values = serve.server.values.merging(serve.database.values) { $1 }
        #expect(values.count == Setting.all.count { $0.commands.contains(.serve) })
        let configured = try Configured(flags: values, environment: [:], file: "/nowhere/.env")
        for (setting, value) in values { #expect(configured.value(setting).text == value) }
        let settings = try Settings(configured)
        #expect(settings.server.http.host == "h")
        #expect(settings.server.isStrict)
        #expect(settings.flavour == .postgres)
    }
}

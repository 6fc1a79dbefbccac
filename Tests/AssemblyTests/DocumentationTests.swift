import Embedded
import Foundation
import Store
import Testing

@testable import Assembly

/// Statements of files outside the sources about settings.
struct DocumentationTests {
    @Test func thePageOfSettingsHasTheTableOfTheDeclarations() throws {
        let page = try Self.text(of: "Sources/Assembly/README.md")
        guard !page.contains(Self.table) else { return }
        Issue.record("Sources/Assembly/README.md should have this table of settings:\n\n\(Self.table)")
    }

    /// The README names some settings, and no others.
    @Test func theReadmeNamesSettingsThatThereAre() throws {
        let names = Set(Setting.all.flatMap(\.variables))
        let pattern = /`(HOURGLASS_[A-Z_]+|DATABASE_URL)`/
        let named = try Self.text(of: "README.md").matches(of: pattern).map { String($0.1) }
        #expect(named.count > 10)
        for name in named where !name.hasPrefix("HOURGLASS_TEST_") { #expect(names.contains(name), "\(name)") }
    }

    /// The numbers of connections follow from the list of their purposes.
    @Test func theReadmeHasTheNumbersOfConnections() throws {
        let store = Settings().store
        let sizes = store.writers + store.readers
        let formula = "`HOURGLASS_WRITERS` + `HOURGLASS_READERS` + \(store.connections - sizes) connections at most"
        let words = try Self.text(of: "README.md").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for text in [
            "\(formula) (\(store.connections) by default)", "and two more for a moment when it starts",
            "the larger of \(EmbeddedPostgres.leastConnections) and writers + readers + \(store.roomForConnections - sizes)",
        ] where !words.contains(text) {
            Issue.record("README.md should say: \(text)")
        }
        #expect(store.connections(for: .checking) == 2)
    }

    /// Variables of the services that run our image, and of the image.
    @Test(arguments: [("docker-compose.yml", 4), ("Dockerfile", 1)])
    func containersSetVariablesThatThereAre(file: String, count: Int) throws {
        let names = Setting.all.flatMap { setting in
            setting.variables + (setting.isSecret ? setting.variables.map { $0 + "_FILE" } : [])
        }
        let pattern = /(?m)^(?: +|ENV )((?:HOURGLASS_|DATABASE_|PORT)\w*)[:=]/
        let found = try Self.text(of: file).matches(of: pattern).map { String($0.1) }
        // No setting: it is read by a script in docker-compose.yml.
        let ours = found.filter { $0 != "HOURGLASS_PASSWORD" }
        #expect(ours.count == count)
        for name in ours { #expect(names.contains(name)) }
    }

    /// The rows of the table: variables, default, meaning with the accepted values.
    private static let table = Setting.all.reduce("| variable | default | meaning |\n|---|---|---|\n") {
        table,
        setting in
        let names = setting.variables.map { "`\($0)`" }.joined(separator: ", ")
        let defaults = setting.documentedDefaults.map { "`\($0)`" }.joined(separator: ", ")
        return table + "| \(names) | \(defaults)\(defaults.isEmpty ? "" : " ")| \(setting.documentation) |\n"
    }

    private static func text(of file: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        return try String(contentsOf: root.appending(path: file), encoding: .utf8)
    }
}

import Foundation
import Testing

@testable import Assembly

/// What files outside the sources say about settings.
struct DocumentationTests {
    @Test func theReadmeHasTheTableOfTheDeclarations() throws {
        let readme = try Self.text(of: "README.md")
        guard !readme.contains(Self.table) else { return }
        Issue.record("README.md should have this table of settings:\n\n\(Self.table)")
    }

    /// Variables of the services that run our image, and of the image.
    @Test(arguments: [("docker-compose.yml", 4), ("Dockerfile", 1)])
    func containersSetVariablesThatThereAre(file: String, count: Int) throws {
        let names = Setting.all.flatMap { setting in
            setting.variables + (setting.isSecret ? setting.variables.map { $0 + "_FILE" } : [])
        }
        let pattern = /(?m)^(?: +|ENV )((?:HOURGLASS_|DATABASE_|PORT)\w*)[:=]/
        let found = try Self.text(of: file).matches(of: pattern).map { String($0.1) }
        // Not ours: a password that the script of docker-compose.yml keeps.
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

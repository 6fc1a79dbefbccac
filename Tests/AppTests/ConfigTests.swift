import Assembly
import Foundation
import Support
import SystemPackage
import Testing

/// `hourglass config`: the listing of the settings, run as users run it.
struct ConfigTests {
    @Test(arguments: ["HOURGLASS_PORT", "PORT"])
    func theFileIsThatOfTheWorkingDirectory(name: String) async throws {
        try await withFile("\u{FEFF}export \(name) = '9000' # ours\r\n") { file in
            let prefix = ["--chdir=\(file.removingLastComponent())"]
            let shown = try await HourglassProcess.run(["config"], prefix: prefix)
            #expect(shown.output.contains("9000"), "\(shown.output)")
            #expect(shown.output.contains("\(name) in .env"))
            try Data("DATABASE_URL=geheim".utf8).write(to: URL(filePath: file.string))
            let refused = try await HourglassProcess.run(["serve"], prefix: prefix)
            #expect(refused.status != .exited(0))
            #expect(refused.output.contains("DATABASE_URL in .env is neither"), "\(refused.output)")
            #expect(!refused.output.contains("geheim"))
        }
    }

    @Test func everySettingIsListedInOrder() async throws {
        try await withFile("") { file in
            let prefix = ["--chdir=\(file.removingLastComponent())", "HOURGLASS_QUEUE=7"]
            let shown = try await HourglassProcess.run(["config", "--port", "9000"], prefix: prefix)
            let rows = shown.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
            let expected = Setting.all.map { setting in
                switch setting {
                case .port: ["port", "9000", "--port"]
                case .queue: ["queue", "7", "HOURGLASS_QUEUE"]
                default: [setting.name, setting.defaultText, "default"].filter { !$0.isEmpty }
                }
            }
            #expect(rows == expected)
        }
    }

    @Test func theListingIsJSONToo() async throws {
        try await withFile("") { file in
            let prefix = ["--chdir=\(file.removingLastComponent())", "HOURGLASS_QUEUE=7"]
            let shown = try await HourglassProcess.run(["config", "--json"], prefix: prefix)
            let rows = try shown.output.split(separator: "\n").map {
                try JSONDecoder().decode([String: String].self, from: Data($0.utf8))
            }
            #expect(rows.map { $0["name"] } == Setting.all.map(\.name))
            #expect(rows.contains(["name": "queue", "value": "7", "source": "HOURGLASS_QUEUE"]))
        }
    }

    private func withFile(_ text: String, _ body: (FilePath) async throws -> Void) async throws {
        try await withScratch { directory in
            try FileManager.default.createDirectory(atPath: directory.string, withIntermediateDirectories: true)
            let file = directory.appending(".env")
            try Data(text.utf8).write(to: URL(filePath: file.string))
            try await body(file)
        }
    }
}

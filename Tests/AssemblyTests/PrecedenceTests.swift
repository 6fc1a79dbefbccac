import Foundation
import Support
import SystemPackage
import Testing

@testable import Assembly

/// The order of the sources of a setting: flag, environment, `.env`, default.
///
/// In the environment and in `.env`, the variable of hourglass precedes the customary one.
struct PrecedenceTests {
    /// Every combination of sources.
    @Test(arguments: Setting.all)
    func theFirstSourceCounts(setting: Setting) async throws {
        try await withScratch { directory in
            try FileManager.default.createDirectory(atPath: directory.string, withIntermediateDirectories: true)
            let file = directory.appending("file")
            let places = setting.variables.map { ($0, true) } + setting.variables.map { ($0, false) }
            for combination in 0..<(1 << (places.count + 1)) {
                let isGiven = { (index: Int) in combination & 1 << index != 0 }
                let flags = isGiven(0) ? [setting: "flag"] : [:]
                var environment: [String: String] = [:]
                var lines = ""
                var expected = flags.isEmpty ? [] : ["flag"]
                for (index, (variable, isInEnvironment)) in places.enumerated() where isGiven(index + 1) {
                    let text = "\(variable) \(isInEnvironment ? "environment" : "file")"
                    if isInEnvironment { environment[variable] = text } else { lines += "\(variable)=\(text)\n" }
                    expected.append(text)
                }
                try Data(lines.utf8).write(to: URL(filePath: file.string))
                let configured = try Configured(flags: flags, environment: environment, file: file)
                #expect(configured.value(setting).text == expected.first ?? setting.defaultText)
                for other in Setting.all where other != setting {
                    #expect(configured.value(other).source == "default")
                }
            }
        }
    }

    /// A file of a secret counts like the variable that it stands for.
    @Test(arguments: Setting.all.filter(\.isSecret))
    func theFileOfASecretCountsInItsPlace(setting: Setting) async throws {
        try await withScratch { directory in
            try FileManager.default.createDirectory(atPath: directory.string, withIntermediateDirectories: true)
            let secret = directory.appending("secret")
            try Data("of a file\n".utf8).write(to: URL(filePath: secret.string))
            let settings = directory.appending("settings")
            for variable in setting.variables {
                let named = ["\(variable)_FILE": secret.string]
                try Data("\(variable)=below".utf8).write(to: URL(filePath: settings.string))
                let above = try Configured(environment: named, file: settings)
                #expect(above.value(setting).text == "of a file")
                #expect(above.value(setting).source == "\(variable)_FILE")
                try Data("\(variable)_FILE=\(secret)".utf8).write(to: URL(filePath: settings.string))
                #expect(try Configured(environment: [:], file: settings).value(setting).text == "of a file")
                let covered = try Configured(environment: [variable: "above"], file: settings)
                #expect(covered.value(setting).text == "above")
                #expect(try Configured(flags: [setting: "flag"], environment: named).value(setting).text == "flag")
            }
        }
    }
}

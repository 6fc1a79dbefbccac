import Support
import SystemPackage
import Testing

@testable import Assembly

/// Each setting by itself: its values, range, default and the text that refuses any other value.
struct SettingTests {
    @Test func namesAreDistinct() {
        #expect(Set(Setting.all.map(\.name)).count == Setting.all.count)
        #expect(Set(Setting.all.flatMap(\.variables)).count == Setting.all.flatMap(\.variables).count)
        #expect(Setting.maximumBody.variables == ["HOURGLASS_MAX_BODY"])
        #expect(Setting.databaseURL.variables == ["HOURGLASS_DATABASE_URL", "DATABASE_URL"])
    }

    @Test(arguments: Setting.all)
    func theDefaultIsAValueThatGivesTheDefault(setting: Setting) throws {
        let given = try settings(setting, setting.defaultText)
        let standard = try settings()
        for other in Setting.all { #expect(other.text(in: given) == other.text(in: standard), "\(other.name)") }
    }

    /// Every number of a small range, the ends and made-up ones of a large range.
    @Test(arguments: Setting.all.filter { $0.range != nil })
    func numbersOfTheRangeAreTakenAndNoOthers(setting: Setting) throws {
        let range = try #require(setting.range)
        var generator = SeededGenerator(seed: 7)
        let some = range.count <= 100 ? Array(range) : (1...50).map { _ in Int.random(in: range, using: &generator) }
        for number in [range.lowerBound, range.upperBound] + some {
            let changed = try settings(setting, "\(number)")
            // The limit on open files may be lower.
            guard setting != .connections else { continue }
            #expect(setting.text(in: changed) == "\(number)")
        }
        let beyond = [range.lowerBound - 1, range.upperBound + 1, .min, .max].map { "\($0)" }
        for text in beyond + ["x", "1.5", " 1", "1 ", "0x10", "1e3", "-", "٣", "99999999999999999999"] {
            let reason = "is not a whole number from \(range.lowerBound) to \(range.upperBound)"
            #expect(try refusal(setting, text) == "\(setting.variable): '\(text)' \(reason)")
        }
    }

    @Test(arguments: [
        (Setting.strict, ["true", "false"], "true or false"), (.proxyProtocol, ["on", "off"], "on or off"),
        (.flavour, ["auto", "timescaledb", "postgres"], "auto, timescaledb or postgres"),
        (
            .logLevel, ["trace", "debug", "info", "notice", "warning", "error", "critical"],
            "a log level: trace, debug, info, notice, warning, error or critical"
        ),
    ])
    func wordsOfTheListAreTakenAndNoOthers(setting: Setting, words: [String], list: String) throws {
        for word in words { #expect(setting.text(in: try settings(setting, word)) == word) }
        for text in ["x", "True", "auto ", "1", "postgres,"] {
            #expect(try refusal(setting, text) == "\(setting.variable): '\(text)' is not \(list)")
        }
    }

    @Test func everySettingIsANumberAWordOrTakesAnyText() {
        let others = Setting.all.filter { $0.range == nil && $0.values.isEmpty }
        #expect(
            others == [
                .host, .socket, .certificateChain, .certificateKey, .dataDirectory, .databaseURL, .databasePassword,
                .queryURL,
                .readersHost, .readersPassword, .queries, .spool, .geoDatabase, .geoURL, .geoAccount, .geoLicenseKey,
                .agentRules, .spamHosts,
            ]
        )
        #expect(
            Setting.all.filter(\.isSecret) == [
                .databaseURL, .databasePassword, .queryURL, .readersPassword, .geoURL, .geoLicenseKey,
            ]
        )
    }

    @Test func aRelativePathIsTakenFromTheWorkingDirectory() throws {
        #expect(try settings(.dataDirectory, "/a/b").dataDirectory == "/a/b")
        let relative = try settings(.dataDirectory, "a/b").dataDirectory
        #expect(relative.isAbsolute)
        #expect(relative.ends(with: "a/b"))
        #expect(try settings(.spool, "a/b").spoolDirectory?.isAbsolute == true)
    }

    @Test(arguments: Setting.all)
    func aConnectionStringInTheWrongPlaceIsNotShown(setting: Setting) throws {
        for text in ["postgres://me:geheim@db/x", "host=x password=geheim", "--database-url geheim"] {
            #expect(!setting.masked(text).contains("geheim"))
            guard !setting.values.isEmpty else { continue }
            let refusal = try refusal(setting, text)
            #expect(refusal.hasPrefix("\(setting.variable): '***' is not "))
        }
        #expect(setting.masked("") == "")
    }

    @Test(arguments: [
        ("postgres://me:geheim@db/x", "user=me password=*** dbname=x host=db"), ("host=db", "host=db"),
        ("geheim", "***"),
    ])
    func ofADatabaseURLAllButThePasswordIsShown(url: String, shown: String) {
        #expect(Setting.databaseURL.masked(url) == shown)
        #expect(Setting.databasePassword.masked(url) == "***")
    }

    private func settings(_ setting: Setting? = nil, _ text: String = "") throws -> Settings {
        let environment = setting.map { [$0.variable: text] } ?? [:]
        // A password is refused without a connection string, the PROXY protocol without proxies, the port of readers
        // without their password.
        let needed: [Setting: [String: String]] = [
            .databasePassword: ["DATABASE_URL": "host=db"], .proxyProtocol: ["HOURGLASS_TRUSTED_PROXIES": "loopback"],
            .readersPort: ["HOURGLASS_SQL_PASSWORD": "a long password"],
        ]
        let other = setting.flatMap { text.isEmpty || $0 == .proxyProtocol && text == "off" ? nil : needed[$0] } ?? [:]
        return try Settings(Configured(environment: environment.merging(other) { $1 }, file: "/nowhere/.env"))
    }

    private func refusal(_ setting: Setting, _ text: String) throws -> String {
        let error = try #require(throws: Settings.Invalid.self) { _ = try settings(setting, text) }
        return error.description
    }
}

extension Setting {
    /// The range of a setting whose value is a whole number, as its documentation says it.
    fileprivate var range: ClosedRange<Int>? {
        guard let match = values.wholeMatch(of: /(\d+) to (\d+)/) else { return nil }
        guard let lower = Int(match.1), let upper = Int(match.2) else { return nil }
        return lower...upper
    }
}

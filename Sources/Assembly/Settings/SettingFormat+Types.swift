import Analytics
import Logging
import NIOCore
import Postgres
import Schema
import SystemPackage

extension SettingFormat where Value == String {
    /// Any text.
    static var text: Self {
        SettingFormat(read: \.self, print: \.self)
    }
}

extension SettingFormat where Value == Int {
    /// A whole number.
    static func number(_ range: ClosedRange<Int>) -> Self {
        SettingFormat(range: range, read: { $0 }) { "\($0)" }
    }
}

extension SettingFormat where Value == Bool {
    static var bool: Self {
        SettingFormat(words: [("true", true), ("false", false)])
    }

    static var onOrOff: Self {
        SettingFormat(words: [("on", true), ("off", false)])
    }
}

extension SettingFormat where Value == Duration {
    static func seconds(_ range: ClosedRange<Int>) -> Self {
        SettingFormat(range: range, read: { .seconds($0) }, print: { "\($0.components.seconds)" })
    }
}

extension SettingFormat where Value == TimeAmount {
    static func seconds(_ range: ClosedRange<Int>) -> Self {
        SettingFormat(range: range, read: { .seconds(Int64($0)) }, print: { "\($0.nanoseconds / 1_000_000_000)" })
    }
}

extension SettingFormat where Value == Duration? {
    /// A number of days, up to a hundred years; 0 for nil.
    static var days: Self {
        SettingFormat(
            range: 0...36_500,
            read: { $0 == 0 ? nil : .seconds($0 * 86_400) },
            print: { "\(($0?.components.seconds ?? 0) / 86_400)" }
        )
    }
}

extension SettingFormat where Value == Timestamp {
    /// Seconds since 1970.
    static var seconds: Self {
        SettingFormat(
            range: 0...Timestamp.latest.milliseconds / 1000,
            read: Timestamp.init(seconds:),
            print: { "\($0.milliseconds / 1000)" }
        )
    }
}

extension SettingFormat where Value == Logger.Level {
    static var level: Self {
        SettingFormat(kind: "a log level: ", words: Logger.Level.allCases.map { ($0.rawValue, $0) })
    }
}

extension SettingFormat where Value == Flavour? {
    /// A flavour; `auto` for nil.
    static var flavour: Self {
        SettingFormat(words: [("auto", nil)] + Flavour.allCases.map { ($0.rawValue, $0) })
    }
}

extension SettingFormat where Value == FilePath {
    /// A path, taken from the working directory if it is relative.
    static var path: Self {
        SettingFormat(read: FilePath.absolute, print: \.string)
    }
}

extension SettingFormat where Value == DataPlace {
    /// `auto`, `off` or a path.
    static var place: Self {
        SettingFormat(read: DataPlace.init, print: \.description)
    }
}

extension SettingFormat where Value == FilePath? {
    /// A path, taken from the working directory if it is relative; nil for none.
    static var optionalPath: Self {
        SettingFormat(read: { $0.isEmpty ? nil : .absolute($0) }, print: { $0?.string ?? "" })
    }
}

extension SettingFormat where Value == ConnectionParameters? {
    /// A connection URI or keywords of libpq.
    static var connection: Self {
        SettingFormat(
            secret: { text throws(Setting.Refusal) in
                guard !text.isEmpty else { return nil }
                do throws(ConnectionParameters.Malformed) { return try ConnectionParameters(parsing: text) } catch {
                    throw Setting.Refusal(problem: "\(error)")
                }
            },
            // A text that does not parse may contain anything.
            mask: { text in (try? ConnectionParameters(parsing: text)).map { "\($0)" } ?? "***" }
        )
    }
}

extension SettingFormat where Value == String? {
    /// A password.
    static var password: Self {
        SettingFormat(
            secret: { text throws(Setting.Refusal) in text.isEmpty ? nil : text },
            mask: { _ in "***" }
        )
    }

    /// A URL of http or https, which may contain a token.
    static var url: Self {
        SettingFormat(
            secret: { text throws(Setting.Refusal) in
                guard !text.isEmpty else { return nil }
                let start = text.prefix(8).lowercased()
                guard start.hasPrefix("http://") || start == "https://" else {
                    throw Setting.Refusal(problem: "is no URL of http or https")
                }
                return text
            },
            mask: { _ in "***" }
        )
    }
}

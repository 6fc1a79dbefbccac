/// The declaration of a setting, which is given by a flag, a variable of the environment or a line of `.env`.
///
/// The flag has the name of the setting; the variable is `HOURGLASS_` and the name in capitals. A secret also has a
/// variable with `_FILE` behind its name: the path of a file that contains the value. Everything else about a setting
/// follows from its declaration: the flags of the commands, the listing of `hourglass config` and the README's table.
package struct Setting: Sendable {
    /// A command that takes flags of settings.
    package enum Command: String, Sendable, CaseIterable {
        case serve, migrate, config, healthcheck, geoip
    }

    /// A text that stands for no value.
    struct Refusal: Error {
        /// The reason, to follow the name of the variable: "is not a whole number from 1 to 64".
        let problem: String
    }

    package let name: String
    /// The variable that other programs use for the same, read where ours is not set.
    package let customaryVariable: String?
    /// The commands that have a flag for it.
    package let commands: Set<Command>
    /// The meaning, as a sentence without its period.
    package let help: String
    /// The accepted values; empty where the help says them.
    package let values: String
    /// True if the value, or a part of it, must not be printed.
    package let isSecret: Bool
    /// The default as one would write it; empty for none.
    package let defaultText: String
    /// The defaults in the documentation: several where the default depends on the machine.
    package let documentedDefaults: [String]

    private let store: @Sendable (String, inout Settings) throws(Refusal) -> Void
    private let print: @Sendable (Settings) -> String
    private let mask: @Sendable (String) -> String

    /// - Parameters:
    ///   - name: The name, in small letters with hyphens.
    ///   - value: The place of the value; what stands there in `Settings()` is the default.
    ///   - format: The text form of the value, which also gives the range.
    ///   - customaryVariable: Another variable.
    ///   - commands: The commands that have a flag for it.
    ///   - documentedDefaults: The defaults in the documentation; nil for the default.
    ///   - help: The meaning, as a sentence without its period.
    init<Value: Sendable>(
        _ name: String,
        _ value: any WritableKeyPath<Settings, Value> & Sendable,
        _ format: SettingFormat<Value>,
        customaryVariable: String? = nil,
        commands: Set<Command> = [],
        documentedDefaults: [String]? = nil,
        help: String
    ) {
        self.name = name
        self.customaryVariable = customaryVariable
        self.commands = commands
        self.help = help
        values = format.values
        isSecret = format.isSecret
        print = { settings in format.print(settings[keyPath: value]) }
        defaultText = print(Settings())
        self.documentedDefaults = documentedDefaults ?? (defaultText.isEmpty ? [] : [defaultText])
        store = { text, settings throws(Refusal) in settings[keyPath: value] = try format.read(text) }
        mask = format.mask
    }

    /// The variable of the environment.
    package var variable: String { "HOURGLASS_" + name.uppercased().replacing("-", with: "_") }

    /// The variables in the order in which they are read.
    package var variables: [String] { [variable] + (customaryVariable.map { [$0] } ?? []) }

    /// The meaning and the accepted values, as a sentence.
    package var documentation: String { help + (values.isEmpty ? "." : " (\(values)).") }

    /// A value as it may be printed, with `***` for what is secret or looks like it.
    package func masked(_ text: String) -> String { text.isEmpty ? "" : mask(text) }

    /// The value in the settings as one would write it; empty for none and for a secret.
    func text(in settings: Settings) -> String { print(settings) }

    /// Reads a value into the settings.
    func read(_ value: Configured.Value, into settings: inout Settings) throws(Settings.Invalid) {
        do throws(Refusal) { try store(value.text, &settings) } catch {
            throw Settings.Invalid(value, of: self, problem: error.problem)
        }
    }
}

/// Settings are the same if their names are.
extension Setting: Hashable {
    package static func == (first: Setting, second: Setting) -> Bool { first.name == second.name }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

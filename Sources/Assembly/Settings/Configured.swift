import FoundationEssentials
package import SystemPackage

/// The texts that are given for the settings, and the source of each.
package struct Configured: Sendable {
    /// The text of one setting.
    package struct Value: Sendable {
        package var text: String
        /// The flag, or the variable and its file; `default` where nothing is given.
        package var source: String
    }

    /// A mistake in what is given; the description contains no secret.
    package enum Failure: Error, CustomStringConvertible {
        case unreadable(SettingFile.Unreadable)
        case malformed(FilePath, EnvironmentFile.Malformed)
        case both(String, String)
        case secret(variable: String, FilePath, reason: String)

        package var description: String {
            switch self {
            case .unreadable(let error): "\(error)"
            case .malformed(let path, let error): "\(path), \(error)"
            case .both(let one, let other): "\(one) and \(other) are both set: remove one of them"
            case .secret(let variable, let path, let reason): "\(variable): the file \(path) \(reason)"
            }
        }
    }

    private var values: [Setting: Value] = [:]
    /// Variables that Kubernetes sets for a service of our name, and that are no settings.
    package private(set) var ignored: [String] = []

    /// Reads everything that is given: flags, then the environment, then the credentials of systemd, then a file; an
    /// empty variable counts as none.
    ///
    /// - Parameters:
    ///   - flags: The flags of the command line.
    ///   - environment: The variables of the process.
    ///   - file: A file of `NAME=value` lines, which need not exist.
    /// - Throws: `Failure` if that file or one that contains a secret cannot be read, and if a secret is given twice.
    package init(
        flags: [Setting: String] = [:],
        environment: [String: String] = ProcessInfo.processInfo.environment,
        file: FilePath = ".env"
    ) throws(Failure) {
        let layers = [(environment, ""), (try Self.assignments(in: file), " in \(file)")]
        for setting in Setting.all {
            if let flag = flags[setting] {
                values[setting] = Value(text: flag, source: "--\(setting.name)")
                continue
            }
            for (variables, place) in layers where values[setting] == nil {
                values[setting] = try value(setting, variables, place)
                if values[setting] == nil { values[setting] = try credential(setting, variables) }
            }
        }
    }

    /// The text that is given for a setting; nil where its default counts.
    func given(_ setting: Setting) -> Value? { values[setting] }

    /// The text of a setting, given or the default.
    package func value(_ setting: Setting) -> Value {
        values[setting] ?? Value(text: setting.defaultText, source: "default")
    }

    private static func assignments(in file: FilePath) throws(Failure) -> [String: String] {
        let bytes: [UInt8]?
        do throws(SettingFile.Unreadable) { bytes = try SettingFile.contents(of: file) } catch {
            throw .unreadable(error)
        }
        do throws(EnvironmentFile.Malformed) { return try EnvironmentFile(parsing: bytes ?? []).values } catch {
            throw .malformed(file, error)
        }
    }

    private mutating func value(
        _ setting: Setting,
        _ variables: [String: String],
        _ place: String
    ) throws(Failure) -> Value? {
        for name in setting.variables {
            var text = variables[name] ?? ""
            if setting == .port, Self.isServiceLink(text) {
                ignored.append(name + place)
                text = ""
            }
            let path = setting.isSecret ? variables[name + "_FILE"] ?? "" : ""
            guard text.isEmpty || path.isEmpty else { throw .both(name + place, name + "_FILE" + place) }
            if !text.isEmpty { return Value(text: text, source: name + place) }
            if !path.isEmpty {
                let source = name + "_FILE" + place
                return Value(text: try Self.secret(in: FilePath(path), source), source: source)
            }
        }
        return nil
    }

    /// The secret that systemd passes as a credential of the setting's name (systemd.exec(5), Credentials); nil without
    /// one.
    private func credential(_ setting: Setting, _ variables: [String: String]) throws(Failure) -> Value? {
        guard setting.isSecret, let directory = variables["CREDENTIALS_DIRECTORY"], !directory.isEmpty else {
            return nil
        }
        let path = FilePath(directory).appending(setting.name)
        guard FileManager.default.fileExists(atPath: path.string) else { return nil }
        let source = "credential \(setting.name)"
        return Value(text: try Self.secret(in: path, source), source: source)
    }

    /// True for the address of a service: for one called `hourglass` Kubernetes sets `HOURGLASS_PORT=tcp://10.0.0.1:80`
    /// in every container beside it.
    private static func isServiceLink(_ text: String) -> Bool {
        ["tcp://", "udp://", "sctp://"].contains { text.hasPrefix($0) }
    }

    /// The content of a file that contains one secret, without the newline at its end.
    private static func secret(in path: FilePath, _ variable: String) throws(Failure) -> String {
        let contents: [UInt8]?
        do throws(SettingFile.Unreadable) { contents = try SettingFile.contents(of: path) } catch {
            throw .secret(variable: variable, path, reason: "cannot be read: \(error.reason)")
        }
        guard var bytes = contents else { throw .secret(variable: variable, path, reason: "does not exist") }
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard !bytes.isEmpty else { throw .secret(variable: variable, path, reason: "is empty") }
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
            throw .secret(variable: variable, path, reason: "is not text in UTF-8")
        }
        return text
    }
}

import Foundation
import Subprocess
import SystemPackage
import Testing

/// The volumes of docker-compose.yml that hold secrets, as folders, and the scripts that use them.
struct ComposeSecrets {
    let folder: FilePath

    /// The passwords of the administrator and of the server; nil for a missing one.
    var all: [String?] {
        get throws {
            try paths.map { path in
                guard FileManager.default.fileExists(atPath: path) else { return nil }
                return try String(contentsOfFile: path, encoding: .utf8)
            }
        }
    }

    var modes: [Int] { get throws { try numbers(.posixPermissions) } }
    var owners: [Int] { get throws { try numbers(.ownerAccountID) } }
    var groups: [Int] { get throws { try numbers(.groupOwnerAccountID) } }

    /// The files in both folders.
    var files: [String] {
        ["administrator", "server"].flatMap { name in
            // A folder that cannot be read has no files to show.
            let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.appending(name).string)) ?? []
            return files.sorted().map { "\(name)/\($0)" }
        }
    }

    /// Runs the service that makes the secrets.
    ///
    /// - Parameters:
    ///   - variables: The passwords set in the environment.
    ///   - program: A program that is replaced by one that kills the script.
    /// - Returns: True if the service succeeded, and all of its output.
    /// - Throws: The reason that it could not be run.
    func start(
        _ variables: [String: String] = [:],
        endingAt program: String? = nil
    ) async throws -> (isSuccess: Bool, output: String) {
        let passwords = ["POSTGRES_PASSWORD": "", "HOURGLASS_PASSWORD": ""].merging(variables) { $1 }
        guard let program else { return try await run("secrets", passwords) }
        let deadly = folder.appending("deadly")
        try FileManager.default.createDirectory(atPath: deadly.string, withIntermediateDirectories: true)
        let path = deadly.appending(program).string
        try Data("#!/bin/sh\nkill -9 $PPID\n".utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return try await run("secrets", passwords.merging(["PATH": "\(deadly):/usr/bin:/bin"]) { $1 })
    }

    /// Runs the script of a service; with `replacing`, the secret of this name has a wrong value.
    func run(
        _ service: String,
        _ variables: [String: String],
        replacing name: String? = nil
    ) async throws -> (isSuccess: Bool, output: String) {
        let secrets = folder.appending(name.map { "without-\($0)" } ?? "")
        if let name {
            for other in ["administrator", "server"] {
                let copy = secrets.appending(other)
                try FileManager.default.createDirectory(atPath: copy.string, withIntermediateDirectories: true)
                let text = other == name ? "wrong" : "right"
                try Data(text.utf8).write(to: URL(filePath: copy.appending("password").string))
            }
        }
        let changes = variables.merging(["SECRETS": secrets.string]) { $1 }
        let environment = changes.map { (Environment.Key(stringLiteral: $0.key), $0.value as String?) }
        let result = try await Subprocess.run(
            .name("sh"),
            arguments: ["-euc", try Self.script(of: service)],
            environment: .inherit.updating(Dictionary(environment) { $1 }),
            output: .string(limit: 1 << 16),
            error: .combinedWithOutput
        )
        return (result.terminationStatus.isSuccess, result.standardOutput)
    }

    /// The variables that the services set for hourglass, with another address.
    func settings(_ secret: String, of user: String, port: Int) -> [String] {
        [
            "DATABASE_URL=postgres://\(user)@127.0.0.1:\(port)/hourglass",
            "HOURGLASS_DATABASE_PASSWORD_FILE=\(folder.appending(secret).appending("password"))",
        ]
    }

    private var paths: [String] {
        ["administrator", "server"].map { folder.appending($0).appending("password").string }
    }

    /// An attribute of the files of both secrets; 0 for a missing one.
    private func numbers(_ attribute: FileAttributeKey) throws -> [Int] {
        try paths.map { path in
            guard FileManager.default.fileExists(atPath: path) else { return 0 }
            return try FileManager.default.attributesOfItem(atPath: path)[attribute] as? Int ?? 0
        }
    }

    /// The lines of the block under `command:`, in which Compose requires `$$` for `$`.
    private static func script(of service: String) throws -> String {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docker-compose.yml")
        let lines = try String(contentsOf: file, encoding: .utf8).split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        let body = lines.drop { $0 != "  \(service):" }
        let shell = body.prefix { $0 != "    command:" }.last
        #expect(shell == #"    entrypoint: ["sh", "-euc"]"#)
        let block = body.drop { $0 != "      - |" }.dropFirst().prefix { $0.isEmpty || $0.hasPrefix("        ") }
        return block.map { $0.dropFirst(8) }.joined(separator: "\n").replacing("$$", with: "$")
    }
}

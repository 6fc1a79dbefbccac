import FoundationEssentials

/// The reason that a file with rules cannot be used.
package struct RulesFailure: Error, Equatable, CustomStringConvertible {
    package enum Reason: Hashable, Sendable {
        case unreadable
        case tooLarge
        /// It is no JSON of the format.
        case malformed
        /// The version of its format is one that this program does not know.
        case format(Int)
    }

    package let path: String
    package let reason: Reason

    package var description: String {
        switch reason {
        case .unreadable: "the rules for user agents in \(path) cannot be read"
        case .tooLarge: "the rules for user agents in \(path) have more than \(AgentRules.bytesOfFile) bytes"
        case .malformed: "the rules for user agents in \(path) are damaged"
        case .format(let number): "the rules for user agents in \(path) have the unknown format \(number)"
        }
    }
}

extension AgentRules {
    /// The most bytes of a file with rules; the usual one has a hundredth.
    package static let bytesOfFile = 16_000_000

    /// The name of the file in each of the usual places.
    private static let fileName = "agents.json"

    /// Reads and compiles the rules of a file, which takes some 20 ms.
    ///
    /// - Throws: `RulesFailure`
    package init(reading path: String) throws(RulesFailure) {
        // What the system says besides does not help: the usual reasons are no such file and no permission.
        guard let data = try? Data(contentsOf: URL(filePath: path)) else {
            throw RulesFailure(path: path, reason: .unreadable)
        }
        guard data.count <= Self.bytesOfFile else { throw RulesFailure(path: path, reason: .tooLarge) }
        // The error of a decoder has no place in the file.
        guard let version = try? JSONDecoder().decode(RulesFormat.self, from: data) else {
            throw RulesFailure(path: path, reason: .malformed)
        }
        guard version.format == RulesDocument.format else {
            throw RulesFailure(path: path, reason: .format(version.format))
        }
        // As above.
        guard let document = try? JSONDecoder().decode(RulesDocument.self, from: data) else {
            throw RulesFailure(path: path, reason: .malformed)
        }
        self.init(document)
    }

    /// The usual places of the file, in the order in which they are tried: beside the executable, where it is
    /// installed, that of the image, and the folder `.build` that the executable is in.
    package static func standardPlaces(executable: String) -> [String] {
        let folder = URL(filePath: executable).standardized.deletingLastPathComponent()
        let parent = folder.deletingLastPathComponent()
        var places = [folder.appending(path: fileName).path]
        if folder.lastPathComponent == "bin" {
            places.append(parent.appending(path: "share/hourglass/\(fileName)").path)
        }
        places.append("/usr/share/hourglass/\(fileName)")
        // .build/release or .build/x86_64-unknown-linux-gnu/release
        for build in [parent, parent.deletingLastPathComponent()] where build.lastPathComponent == ".build" {
            places.append(build.appending(path: fileName).path)
        }
        return places
    }

    /// The first of some places where there is a file.
    package static func firstFile(of places: [String]) -> String? {
        places.first { FileManager.default.fileExists(atPath: $0) }
    }
}

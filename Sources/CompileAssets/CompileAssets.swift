import Foundation
import PackagePlugin

/// Turns the assets of a target into Swift sources.
///
/// A folder directly in the target without a Swift file in it becomes an enum of the folder's name with a constant for
/// each file. A folder `OpenAPI` holds fragments of one document, and becomes the enum `OpenAPI` with that document.
@main
struct CompileAssets: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let compiler = try context.tool(named: "AssetCompiler").url
        return try folders(of: target.directoryURL).map { folder, files in
            let name = folder.lastPathComponent
            let output = context.pluginWorkDirectoryURL.appending(path: "\(name).swift")
            return .buildCommand(
                displayName: "Compiling the assets of \(name)",
                executable: compiler,
                arguments: [name, output.path(percentEncoded: false), folder.path(percentEncoded: false)] + files,
                inputFiles: files.map { folder.appending(path: $0) },
                outputFiles: [output]
            )
        }
    }

    /// The folders of assets, each with the paths of its files in order.
    private func folders(of target: URL) throws -> [(URL, [String])] {
        try FileManager.default.contentsOfDirectory(atPath: target.path(percentEncoded: false)).sorted()
            .compactMap { name in
                let folder = target.appending(path: name)
                let files = try files(in: folder)
                guard !files.isEmpty, !files.contains(where: { $0.hasSuffix(".swift") }) else { return nil }
                return (folder, files)
            }
    }

    /// The paths of the files in a folder that are not hidden; none for a path that is no folder.
    private func files(in folder: URL) throws -> [String] {
        // A symbolic link to a folder counts as that folder.
        let root = folder.resolvingSymlinksInPath()
        guard try root.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true else { return [] }
        return try FileManager.default.subpathsOfDirectory(atPath: root.path(percentEncoded: false)).sorted()
            .filter { path in
                let isHidden = path.split(separator: "/").contains { $0.hasPrefix(".") }
                return try !isHidden
                    && root.appending(path: path).resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true
            }
    }
}

import Assembly
import SystemPackage

/// A file with all settings and their defaults as comments, to be changed.
enum SettingsTemplate {
    /// Writes the file, unless there is one.
    ///
    /// - Parameter path: The path.
    /// - Returns: A sentence about what was done.
    /// - Throws: The error of the system.
    static func write(to path: FilePath) throws -> String {
        let descriptor: FileDescriptor
        do {
            // Settings may be secrets.
            descriptor = try FileDescriptor.open(
                path,
                .writeOnly,
                options: [.create, .exclusiveCreate],
                permissions: [.ownerReadWrite]
            )
        } catch Errno.fileExists {
            return "\(path) is there already and stays as it is."
        }
        try descriptor.closeAfter { _ = try descriptor.writeAll(text.utf8) }
        return "All settings are in \(path) as comments."
    }

    private static var text: String {
        let settings = Setting.all.map { setting in
            "# \(setting.documentation)\n# \(setting.variable)=\(setting.defaultText)\n"
        }
        return (["# The settings of hourglass, with their defaults. Take # away to change one.\n"] + settings)
            .joined(separator: "\n")
    }
}

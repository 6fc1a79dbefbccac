package import SystemPackage

/// A Unix socket to listen on.
package struct UnixSocket: Sendable, Equatable {
    package var path: FilePath
    /// The permissions of its file: clients need to write.
    package var permissions: FilePermissions

    package init(_ path: FilePath, permissions: FilePermissions) {
        self.path = path
        self.permissions = permissions
    }

    /// The longest path, in bytes: the 107 of the system, less the suffix of the socket while it is being made.
    package static let longestPath = 103
}

import SystemPackage

/// An `fsync` that can be made to fail in a process started with this prefix.
struct FailingSync {
    private let library: Preload

    /// - Parameter directory: The directory for its files.
    /// - Throws: A cancellation of the test if it cannot be built.
    init(in directory: FilePath) async throws {
        library = try await Preload(PackageResources.sync_c, name: "sync", in: directory)
    }

    /// The command prefix that starts a program with it.
    var prefix: [String] { library.prefix }

    /// Makes the next sync fail.
    func failNext() throws { try library.set(1) }
}

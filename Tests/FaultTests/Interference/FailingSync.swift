import SystemPackage

/// A disk that says that it has not taken what was written, for a process that is started with it.
struct FailingSync {
    private let library: Preload

    /// - Parameter directory: Has room for its files.
    /// - Throws: A cancellation of the test where it cannot be built.
    init(in directory: FilePath) async throws {
        library = try await Preload(PackageResources.sync_c, name: "sync", in: directory)
    }

    /// What a program is started by.
    var prefix: [String] { library.prefix }

    /// Lets the next sync fail.
    func failNext() throws { try library.set(1) }
}

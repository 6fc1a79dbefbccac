import SystemPackage

/// A clock that goes wrong, for a process that is started with it.
///
/// Only the time of day: what the system counts since its start cannot jump.
struct FakeClock {
    private let library: Preload

    /// - Parameter directory: Has room for its files.
    /// - Throws: A cancellation of the test where it cannot be built.
    init(in directory: FilePath) async throws {
        library = try await Preload(PackageResources.clock_c, name: "clock", in: directory)
    }

    /// What a program is started by.
    var prefix: [String] { library.prefix }

    /// Puts the clock so many seconds before or behind the right time.
    func jump(to seconds: Int) throws { try library.set(seconds) }
}

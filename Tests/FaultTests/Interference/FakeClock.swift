import SystemPackage

/// A wrong clock for a process started with this prefix.
///
/// Only the time of day is changed, because monotonic clocks do not jump.
struct FakeClock {
    private let library: Preload

    /// - Parameter directory: The directory for its files.
    /// - Throws: A cancellation of the test if it cannot be built.
    init(in directory: FilePath) async throws {
        library = try await Preload(PackageResources.clock_c, name: "clock", in: directory)
    }

    /// The command prefix that starts a program with it.
    var prefix: [String] { library.prefix }

    /// Sets the clock ahead of the right time by a number of seconds, or behind it if negative.
    func jump(to seconds: Int) throws { try library.set(seconds) }
}

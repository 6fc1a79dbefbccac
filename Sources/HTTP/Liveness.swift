import NIOCore
import NIOPosix

/// The check that requests can be served at all.
package enum Liveness {
    /// Returns once every event loop has done some work.
    ///
    /// It does not return while one of them hangs, or the threads that run handlers do: it runs on them itself.
    ///
    /// - Throws: The error of an event loop that has ended.
    package static func check() async throws {
        for loop in MultiThreadedEventLoopGroup.singleton.makeIterator() {
            try await loop.submit {}.get()
        }
    }
}

import Logging
import ServiceLifecycle
import Support
import Synchronization
import SystemPackage
import Testing

@testable import Systemd

#if canImport(Glibc)
    import Glibc
#endif

/// Messages to the service manager.
@Suite(.timeLimit(.minutes(2)))
struct ServiceManagerTests {
    /// The socket of a service manager.
    private struct Socket: ~Copyable {
        private let descriptor: CInt

        init(_ name: String) {
            descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            let bytes = name.utf8.map { $0 == UInt8(ascii: "@") ? 0 : $0 }
            unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
            let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
            let bound = unsafe withUnsafePointer(to: address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(descriptor, $0, length) }
            }
            #expect(bound == 0)
        }

        deinit { close(descriptor) }

        /// The next message; nil if there is none yet.
        func next() -> String? {
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = unsafe recv(descriptor, &bytes, bytes.count, 0)
            return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
        }
    }

    private static func manager(_ name: String, _ others: [String: String] = [:]) -> ServiceManager? {
        ServiceManager(others.merging(["NOTIFY_SOCKET": name]) { $1 }, process: 7)
    }

    @Test(arguments: [false, true])
    func messagesArrive(isAbstract: Bool) async throws {
        try await withScratch { path in
            let name = isAbstract ? "@hourglass-test-\(UInt64.random(in: 0 ... .max))" : path.string
            let socket = Socket(name)
            let manager = try #require(Self.manager(name))
            try manager.send(.ready(status: "a\nb"))
            try manager.send(.alive)
            try manager.send(.stopping)
            #expect(socket.next() == "READY=1\nSTATUS=ab")
            #expect(socket.next() == "WATCHDOG=1")
            #expect(socket.next() == "STOPPING=1\nSTATUS=")
        }
    }

    @Test func withoutAListenerSendingFails() throws {
        let manager = try #require(Self.manager("/nowhere/notify"))
        #expect(throws: Errno.noSuchFileOrDirectory) { try manager.send(.alive) }
        let long = try #require(Self.manager("/" + String(repeating: "x", count: 200)))
        #expect(throws: Errno.fileNameTooLong) { try long.send(.alive) }
    }

    @Test(
        arguments: [
            ([:], nil), (["WATCHDOG_USEC": "3000000"], .seconds(3)), (["WATCHDOG_USEC": "0"], nil),
            (["WATCHDOG_USEC": "x"], nil), (["WATCHDOG_USEC": "5", "WATCHDOG_PID": "7"], .microseconds(5)),
            (["WATCHDOG_USEC": "5", "WATCHDOG_PID": "8"], nil),
        ] as [([String: String], Duration?)]
    )
    func theWatchdogIsThatOfThisProcess(variables: [String: String], watchdog: Duration?) throws {
        #expect(try #require(Self.manager("/a", variables)).watchdog == watchdog)
    }

    @Test func withoutASocketThereIsNoManager() {
        #expect(ServiceManager([:], process: 7) == nil)
        #expect(ServiceManager(["NOTIFY_SOCKET": ""], process: 7) == nil)
        #expect(ServiceManager(["NOTIFY_SOCKET": "vsock:2:1"], process: 7) == nil)
    }

    /// A server that hangs, or whose check fails, is not alive; one that stops says so.
    @Test func theWatchdogHearsOfLifeAlone() async throws {
        try await withScratch { path in
            let socket = Socket(path.string)
            let manager = try #require(Self.manager(path.string, ["WATCHDOG_USEC": "3000"]))
            let (checks, check) = AsyncStream.makeStream(of: Int.self)
            let count = Mutex(0)
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let notifier = ServiceNotifier(manager, logger: logger) {
                let number = count.withLock { count in
                    count += 1
                    return count
                }
                check.yield(number)
                if number == 2 { throw CancellationError() }
                // From the third on it hangs.
                if number > 2 { try await gracefulShutdown() }
            }
            let group = ServiceGroup(configuration: .init(services: [notifier], logger: logger))
            try await withThrowingTaskGroup { tasks in
                tasks.addTask { try await group.run() }
                for await number in checks where number == 3 { break }
                #expect(socket.next() == "WATCHDOG=1")
                #expect(socket.next() == nil)
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
            }
            var messages: [String] = []
            while let message = socket.next() { messages.append(message) }
            #expect(messages.last == "STOPPING=1\nSTATUS=")
        }
    }
}

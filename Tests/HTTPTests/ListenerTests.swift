import FoundationEssentials
import HTTP
import NIOCore
import NIOPosix
import Support
import SystemPackage
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Unix sockets, and sockets that were opened before.
@Suite(.timeLimit(.minutes(5)))
struct ListenerTests {
    private static let request =
        "GET /me HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.7\r\nConnection: close\r\n\r\n"

    private static func settings(_ path: FilePath, permissions: FilePermissions = .ownerReadWrite) -> HTTPSettings {
        var settings = HTTPSettings()
        settings.socket = UnixSocket(path, permissions: permissions)
        return settings
    }

    private static func ask(_ path: FilePath) async throws -> [String] {
        let address = try SocketAddress(unixDomainSocketPath: path.string)
        return try await RawConversation.with(to: address) { conversation in
            try await conversation.send(request)
            return try await conversation.rest().map(\.body)
        }
    }

    /// Expects an answer that names a client.
    private static func expect(_ client: String, at path: FilePath) async throws {
        let clients = try await ask(path)
        #expect(clients == [client])
    }

    private static func mode(of path: FilePath) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path.string)[.posixPermissions] as? Int
    }

    @Test(arguments: [0o600, 0o660, 0o666])
    func aUnixSocketHasItsPermissionsAndIsRemovedAtTheEnd(mode: Int) async throws {
        try await withScratch { path in
            let permissions = FilePermissions(rawValue: CModeT(mode))
            try await EchoServer.with(Self.settings(path, permissions: permissions)) { port in
                #expect(port == 0)
                let set = try Self.mode(of: path)
                #expect(set == mode)
                try await Self.expect("nobody", at: path)
            }
            #expect(!FileManager.default.fileExists(atPath: path.string))
        }
    }

    @Test func aProxyBehindAUnixSocketIsBelievedIfItIsTrusted() async throws {
        try await withScratch { path in
            var settings = Self.settings(path)
            settings.clients.proxies = try TrustedProxies(parsing: "unix")
            try await EchoServer.with(settings) { _ in
                try await Self.expect("192.0.2.7", at: path)
            }
        }
    }

    @Test func aStaleSocketIsReplaced() async throws {
        try await withScratch { path in
            // The system leaves the file of a socket that is closed.
            #expect(close(try Self.listen(path)) == 0)
            #expect(FileManager.default.fileExists(atPath: path.string))
            try await EchoServer.with(Self.settings(path)) { _ in
                try await Self.expect("nobody", at: path)
            }
        }
    }

    @Test func aSocketInUseIsLeftAlone() async throws {
        try await withScratch { path in
            try await EchoServer.with(Self.settings(path)) { _ in
                let error = await #expect(throws: (any Error).self) {
                    try await EchoServer.with(Self.settings(path)) { _ in }
                }
                #expect("\(String(describing: error))".contains("another process listens on"))
                try await Self.expect("nobody", at: path)
            }
        }
    }

    /// The other program knows nothing of our lock.
    @Test func theSocketOfAnotherProgramIsLeftAlone() async throws {
        try await withScratch { path in
            let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .bind(unixDomainSocketPath: path.string).get()
            await #expect(throws: (any Error).self) { try await EchoServer.with(Self.settings(path)) { _ in } }
            #expect(FileManager.default.fileExists(atPath: path.string))
            try await channel.close()
        }
    }

    @Test func anotherFileIsNotReplaced() async throws {
        try await withScratch { path in
            try Data("mine".utf8).write(to: URL(filePath: path.string))
            let error = await #expect(throws: (any Error).self) {
                try await EchoServer.with(Self.settings(path)) { _ in }
            }
            #expect("\(String(describing: error))".contains("no socket"))
            #expect(try Data(contentsOf: URL(filePath: path.string)) == Data("mine".utf8))
        }
    }

    @Test func severalInheritedSocketsAreServed() async throws {
        try await withScratch { path in
            let paths = ["a", "b"].map { path.removingLastComponent().appending($0) }
            var settings = HTTPSettings()
            settings.inheritedSockets = try paths.map(Self.listen)
            try await EchoServer.with(settings) { _ in
                for path in paths { try await Self.expect("nobody", at: path) }
            }
            for path in paths { await #expect(throws: (any Error).self) { _ = try await Self.ask(path) } }
        }
    }

    /// Opens a socket as a service manager does.
    private static func listen(_ path: FilePath) throws -> CInt {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: Array(path.string.utf8)) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let bound = unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(descriptor, $0, length) }
        }
        #expect(bound == 0)
        #expect(Glibc.listen(descriptor, 8) == 0)
        return descriptor
    }
}

import NIOCore
import Synchronization

/// One connection through the proxy.
final class ProxyLink: Sendable {
    private let proxy: PostgresProxy
    /// True while the answer to a commit is awaited that the client must not get.
    private let isDropping = Atomic(false)

    init(proxy: PostgresProxy) {
        self.proxy = proxy
    }

    /// Forwards the client's messages.
    ///
    /// - Throws: `End` if the connection is to be cut.
    func forwardRequests(
        _ client: NIOAsyncChannelInboundStream<ByteBuffer>,
        _ server: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) async throws {
        var reader = WireReader(isClient: true)
        var watcher = CommitWatcher()
        for try await bytes in client {
            reader.append(bytes)
            var passed = ByteBuffer()
            while let message = reader.next() {
                switch watcher.commits(message) ? proxy.cutting.withLock({ $0.next() }) : nil {
                case .before:
                    // The messages before the commit do reach PostgreSQL, which has to roll back.
                    try await server.write(passed)
                    throw PostgresProxy.End()
                case .after:
                    isDropping.store(true, ordering: .sequentiallyConsistent)
                    fallthrough
                case nil:
                    passed.writeImmutableBuffer(message.bytes)
                }
            }
            if passed.readableBytes > 0 { try await server.write(passed) }
        }
    }

    /// Forwards PostgreSQL's messages with the chosen delay.
    ///
    /// - Throws: `End` after the answer to a commit that the client must not get.
    func forwardAnswers(
        _ server: NIOAsyncChannelInboundStream<ByteBuffer>,
        _ client: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            let (late, queue) = AsyncStream.makeStream(of: (due: ContinuousClock.Instant, bytes: ByteBuffer).self)
            group.addTask {
                for await (due, bytes) in late {
                    if due > .now { try await Task.sleep(until: due, clock: .continuous) }
                    try await client.write(bytes)
                }
            }
            defer { queue.finish() }
            var reader = WireReader(isClient: false)
            for try await bytes in server {
                let isDropping = isDropping.load(ordering: .sequentiallyConsistent)
                reader.append(bytes)
                while let message = reader.next() {
                    guard isDropping, message.type == UInt8(ascii: "Z") else { continue }
                    throw PostgresProxy.End()
                }
                if !isDropping { queue.yield((.now + proxy.delay.withLock { $0 }, bytes)) }
            }
        }
    }
}

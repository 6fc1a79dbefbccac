import Foundation
import NIOCore
import NIOPosix

/// A server that stores hits, or has one fault at every 97th request.
final class PageServer: ChannelInboundHandler {
    enum Fault: CaseIterable {
        case refuses
        case closes
        case closesAfterStoring
        case fails
        case failsAfterStoring
        case rejectsOne
        case knowsNoKey

        static let tolerated: [Fault] = allCases.filter { $0 != .knowsNoKey }
    }

    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// State shared by all connections, confined to their event loop.
    final class Store {
        fileprivate(set) var hits: [SentHit] = []
        fileprivate var requests = 0
        /// The first request that is not as it should be.
        fileprivate(set) var mistake: String?
    }

    private let store: Store
    private let fault: Fault?
    private var pending = ""

    private init(store: Store, fault: Fault?) {
        self.store = store
        self.fault = fault
    }

    /// Lends the URL of a server on a free port; returns what it has stored besides.
    static func with<Result>(
        _ fault: Fault?,
        _ body: (String) async throws -> Result
    ) async throws -> (Result, hits: [SentHit], mistake: String?) {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let store = NIOLoopBoundBox.makeBoxSendingValue(Store(), eventLoop: loop)
        let channel = try await ServerBootstrap(group: loop)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(PageServer(store: store.value, fault: fault))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            let result = try await body("http://127.0.0.1:\(channel.localAddress?.port ?? 0)")
            try await channel.close()
            let (hits, mistake) = try await loop.submit { (store.value.hits, store.value.mistake) }.get()
            return (result, hits, mistake)
        } catch {
            try await channel.close()
            throw error
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        pending += String(buffer: unwrapInboundIn(data))
        guard let end = pending.range(of: "\r\n\r\n") else { return }
        let head = pending[..<end.lowerBound].components(separatedBy: "\r\n")
        let fields = head.dropFirst().map { $0.components(separatedBy: ": ") }
        let values = Dictionary(uniqueKeysWithValues: fields.map { ($0[0], $0[1]) })
        let body = pending[end.upperBound...]
        guard let length = values["Content-Length"].flatMap({ Int($0) }), body.utf8.count >= length else { return }
        do {
            let isBulk = values["Content-Type"] == "application/x-ndjson"
            guard head[0] == "POST /api/v1/events HTTP/1.1", body.utf8.count == length, isBulk == body.hasSuffix("\n")
            else { throw CocoaError(.coderReadCorrupt) }
            let hits = try body.split(separator: "\n").map { try SentHit(parsing: $0) }
            // The keys of the tests tell the site.
            let site = hits.first?.site.map { "\($0.suffix(1))" } ?? "0"
            guard values["Authorization"]?.hasSuffix(site) == true, Set(hits.map(\.site)).count == 1 else {
                throw CocoaError(.coderReadCorrupt)
            }
            answer(hits, isBulk: isBulk, context)
        } catch {
            store.mistake = store.mistake ?? "\(error): \(pending)"
            context.close(promise: nil)
        }
        pending = ""
    }

    private func answer(_ hits: [SentHit], isBulk: Bool, _ context: ChannelHandlerContext) {
        store.requests += 1
        let fault = store.requests % 97 == 0 ? fault : nil
        switch fault {
        case .refuses: return answer(context, "503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
        case .closes: return context.close(promise: nil)
        case .fails: return answer(context, "500 No\r\nContent-Length: 0\r\n\r\n")
        case .knowsNoKey: return answer(context, "401 Unauthorized\r\nContent-Length: 2\r\n\r\nno")
        case .rejectsOne:
            store.hits += hits.dropLast()
            guard isBulk else { return answer(context, "204 No\r\nAnalytics-Rejected: name: empty\r\n\r\n") }
            let receipt =
                #"{"accepted":\#(hits.count - 1),"rejected":1,"#
                + #""errors":[{"line":\#(hits.count),"field":"name","reason":"empty"}]}"#
            return answer(context, "200 OK\r\nContent-Length: \(receipt.utf8.count)\r\n\r\n\(receipt)")
        case .closesAfterStoring, .failsAfterStoring, nil: store.hits += hits
        }
        if fault == .closesAfterStoring { return context.close(promise: nil) }
        if fault == .failsAfterStoring { return answer(context, "500 No\r\nContent-Length: 0\r\n\r\n") }
        guard isBulk else { return answer(context, "204 No Content\r\n\r\n") }
        let receipt = #"{"accepted":\#(hits.count),"rejected":0,"errors":[]}"#
        answer(context, "200 OK\r\nContent-Length: \(receipt.utf8.count)\r\n\r\n\(receipt)")
    }

    private func answer(_ context: ChannelHandlerContext, _ text: String) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 " + text)), promise: nil)
    }
}

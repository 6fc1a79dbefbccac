import NIOCore
import NIOPosix

/// A server that counts single events correctly, or with one fault.
final class CountingServer: ChannelInboundHandler {
    enum Fault {
        case refusesSome
        case closesSome
        case closesAfterStoring
        case failsSome
        case losesOne
        case countsOneTwice
        case rejectsOne
        case claimsTooMuch
        case mixesSites
    }

    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// An event, and the name of its site; empty for the standard one.
    fileprivate struct Stored {
        let timestamp: Int
        let user: Substring
        let isClick: Bool
        var site: Substring
    }

    /// State shared by all connections, confined to their event loop.
    final class Store {
        fileprivate var events: [Stored] = []
        fileprivate var requests = 0

        fileprivate func counts(_ site: Substring, at timestamp: Int) -> String {
            let window = events.filter { $0.site == site && timestamp - 3_600...timestamp ~= $0.timestamp }
            let clicks = window.count(where: \.isClick)
            return "unique_users,\(Set(window.map(\.user)).count)\nclicks,\(clicks)\n"
                + "impressions,\(window.count - clicks)\n"
        }
    }

    /// The sites besides the standard one.
    static let sites: [String] = ["shop", "example.org/blog", "a-b_c.d"]

    private let store: Store
    private let fault: Fault?

    init(store: Store, fault: Fault?) {
        self.store = store
        self.fault = fault
    }

    /// Lends the URL of a server on a free port.
    static func with<Result>(_ fault: Fault?, _ body: (String) async throws -> Result) async throws -> Result {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let store = NIOLoopBoundBox.makeBoxSendingValue(Store(), eventLoop: loop)
        let channel = try await ServerBootstrap(group: loop)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(CountingServer(store: store.value, fault: fault))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            let result = try await body("http://127.0.0.1:\(channel.localAddress?.port ?? 0)")
            try await channel.close()
            return result
        } catch {
            try await channel.close()
            throw error
        }
    }

    /// Treats each read as one request: the clients send small ones, and wait for each answer.
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let words = String(buffer: unwrapInboundIn(data)).split(separator: " ")
        let pairs = words[1].split(separator: "?")[1].split(separator: "&").map { $0.split(separator: "=") }
        let values = Dictionary(uniqueKeysWithValues: pairs.map { ($0[0], $0[1]) })
        guard let timestamp = values["timestamp"].flatMap({ Int($0) }) else { return context.close(promise: nil) }
        let site = values["site"] ?? ""
        if words[0] == "GET" {
            guard site == "" || Self.sites.contains(String(site)) else {
                return answer(context, "404 Not Found\r\nContent-Length: 0\r\n\r\n")
            }
            let claimsTooMuch = fault == .claimsTooMuch
            let text = claimsTooMuch ? "unique_users,99999999999999999999\n" : store.counts(site, at: timestamp)
            return answer(context, "200 OK\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)")
        }
        store.requests += 1
        let isClick = values["event"] == "click"
        let event = Stored(timestamp: timestamp, user: values["user"] ?? "", isClick: isClick, site: site)
        guard store.requests % 100 == 0 else {
            store.events.append(event)
            return answer(context, "204 No Content\r\n\r\n")
        }
        store(event, context)
    }

    /// Stores an event; the fault applies to every hundredth.
    private func store(_ event: Stored, _ context: ChannelHandlerContext) {
        switch fault {
        case .refusesSome: return answer(context, "503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
        case .rejectsOne: return answer(context, "204 No Content\r\nAnalytics-Rejected: user: too long\r\n\r\n")
        case .closesSome: return context.close(promise: nil)
        case .losesOne: break
        case .countsOneTwice: store.events += [event, event]
        case .mixesSites:
            var stray = event
            stray.site = ""
            store.events.append(stray)
        default: store.events.append(event)
        }
        if fault == .closesAfterStoring { return context.close(promise: nil) }
        answer(context, fault == .failsSome ? "500 No\r\nContent-Length: 0\r\n\r\n" : "204 No Content\r\n\r\n")
    }

    private func answer(_ context: ChannelHandlerContext, _ text: String) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 " + text)), promise: nil)
    }
}

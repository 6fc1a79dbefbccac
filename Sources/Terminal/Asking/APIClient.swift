import FoundationEssentials
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// A client of a server's HTTP interface; each request has a connection of its own.
struct APIClient: Sendable {
    /// The failure of a request.
    enum Failure: Error, CustomStringConvertible {
        /// No whole answer came.
        case unreachable(String)
        /// The file has no certificate, or cannot be read.
        case noCertificate(String)
        /// The server shows another certificate than that of the file.
        case otherCertificate(String)
        /// The server refused the request.
        case refused(status: Int)
        /// The server found a mistake in the question.
        case mistaken(String)

        var description: String {
            switch self {
            case .unreachable(let reason): reason
            case .noCertificate(let file): "no certificate can be read from \(file)"
            case .otherCertificate(let file): "the server shows another certificate than that of \(file)"
            case .mistaken(let reason): reason
            case .refused(401): "the server asks for another key (401)"
            case .refused(403): "the key is not allowed to read this (403)"
            case .refused(404): "the server does not know this (404)"
            case .refused(let status): "the server answered \(status)"
            }
        }
    }

    /// The body of an answer, with its status.
    struct Answer: Sendable {
        var status = 0
        /// The first line, such as `HTTP/1.1 200 OK`.
        var line = ""
        var body = ""
    }

    private static let connectTimeout: TimeAmount = .seconds(5)
    private static let answerTimeout: Duration = .seconds(10)
    /// A stream sends a comment every fifteen seconds.
    private static let streamTimeout: Duration = .seconds(40)
    private static let longestBody = 8 << 20

    let endpoint: Endpoint

    /// Asks for a resource.
    ///
    /// - Parameters:
    ///   - target: The path with its query.
    ///   - key: A key or nil.
    ///   - silence: The longest time without a byte of the answer.
    /// - Returns: The answer of any status.
    /// - Throws: `Failure`, but for `refused`
    func get(_ target: String, key: String? = nil, silence: Duration = answerTimeout) async throws -> Answer {
        var answer = Answer()
        var isWhole = false
        try await receive(target, key: key, accepting: "*/*", silence: silence) { part in
            switch part {
            case .head(let head):
                answer.status = Int(head.status.code)
                answer.line = "\(head.version) \(head.status)"
            case .body(let bytes):
                answer.body += String(buffer: bytes)
                guard answer.body.utf8.count <= Self.longestBody else { return false }
            case .end: isWhole = true
            }
            return !isWhole
        }
        guard isWhole else { throw Failure.unreachable("the answer broke off") }
        return answer
    }

    /// Asks a question.
    ///
    /// - Parameters:
    ///   - target: The path with its query.
    ///   - key: A key or nil.
    /// - Returns: The body of the answer.
    /// - Throws: `Failure`
    func found(_ target: String, key: String?) async throws -> String {
        let answer = try await get(target, key: key)
        guard answer.status != 200 else { return answer.body }
        // A proxy may refuse it in another form.
        guard answer.status == 400,
            let problem = try? JSONDecoder().decode(Problem.self, from: Data(answer.body.utf8))
        else { throw Failure.refused(status: answer.status) }
        throw Failure.mistaken(problem.detail)
    }

    /// The part of a problem (RFC 9457) that people read.
    private struct Problem: Decodable { let detail: String }

    /// Follows a stream of server-sent events until it ends.
    ///
    /// - Parameters:
    ///   - target: The path with its query.
    ///   - key: A key or nil.
    ///   - take: Takes a message; false to end the stream.
    /// - Throws: `Failure`
    func follow(_ target: String, key: String?, _ take: (ServerSentMessage) async -> Bool) async throws {
        var parser = ServerSentMessage.Parser()
        var status: UInt?
        try await receive(target, key: key, accepting: "text/event-stream", silence: Self.streamTimeout) { part in
            switch part {
            case .head(let head):
                status = head.status.code
                return status == 200
            case .body(let bytes):
                for message in parser.parse(String(buffer: bytes)) {
                    guard await take(message) else { return false }
                }
                return true
            case .end: return false
            }
        }
        guard let status else { throw Failure.unreachable("the answer broke off") }
        guard status == 200 else { throw Failure.refused(status: Int(status)) }
    }

    /// Sends a request, and passes the parts of the answer on until `take` returns false or the connection ends.
    private func receive(
        _ target: String,
        key: String?,
        accepting type: String,
        silence: Duration,
        _ take: (HTTPClientResponsePart) async -> Bool
    ) async throws {
        do {
            let channel = try await connect(silence: silence)
            try await channel.executeThenClose { inbound, outbound in
                try await outbound.write(.head(head(target, key: key, accepting: type)))
                try await outbound.write(.end(nil))
                for try await part in inbound {
                    guard await take(part) else { return }
                }
            }
        } catch {
            try Task.checkCancellation()
            throw failure(error)
        }
    }

    private func connect(
        silence: Duration
    ) async throws -> NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart> {
        let tls = endpoint.isSecure ? try TransportSecurity(endpoint) : nil
        let greeting = endpoint.isProxied ? Greeting.ofProxy : nil
        let setUp: @Sendable (any Channel) -> EventLoopFuture<_> = { channel in
            channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                if let greeting { try pipeline.addHandler(Greeting(text: greeting)) }
                if let tls { try pipeline.addHandler(try tls.handler()) }
                try pipeline.addHandlers(IdleStateHandler(readTimeout: TimeAmount(silence)), CloseWhenSilent())
                try pipeline.addHTTPClientHandlers()
                return try NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>(
                    wrappingChannelSynchronously: channel
                )
            }
        }
        let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connectTimeout(Self.connectTimeout)
        guard let socket = endpoint.socket else {
            return try await bootstrap.connect(
                host: endpoint.host,
                port: endpoint.port,
                channelInitializer: setUp
            )
        }
        return try await bootstrap.connect(unixDomainSocketPath: socket, channelInitializer: setUp)
    }

    private func head(_ target: String, key: String?, accepting type: String) -> HTTPRequestHead {
        var headers: HTTPHeaders = [
            "Host": endpoint.authority, "Accept": type, "User-Agent": "hourglass-top", "Connection": "close",
        ]
        if let key { headers.add(name: "Authorization", value: "Bearer \(key)") }
        return HTTPRequestHead(version: .http1_1, method: .GET, uri: endpoint.path + target, headers: headers)
    }

    private func failure(_ error: any Error) -> Failure {
        switch error {
        case let failure as Failure: return failure
        case let error as NIOConnectionError:
            let first = error.connectionErrors.first.map { "\($0.error)" }
            return .unreachable(first ?? "the host \(error.host) is not known")
        case let error as NIOSSLError where "\(error)".contains("CERTIFICATE_VERIFY_FAILED"):
            guard case .file(let path) = endpoint.trust else {
                return .unreachable("this machine does not trust its certificate")
            }
            return .otherCertificate(path)
        case let error as NIOSSLError: return .unreachable("no secure connection: \(error)")
        case ChannelError.connectTimeout: return .unreachable("no connection in time")
        default: return .unreachable("\(error)")
        }
    }
}

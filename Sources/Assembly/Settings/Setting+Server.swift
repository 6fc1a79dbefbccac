import HTTP
import Server

// Settings of the HTTP side.
extension Setting {
    private static let serverCommands: Set<Command> = [.serve, .config, .healthcheck]

    package static let host = Setting(
        "host",
        \.server.http.host,
        .text,
        commands: serverCommands,
        help: "Address to listen on"
    )
    package static let port = Setting(
        "port",
        \.server.http.port,
        .number(0...65_535),
        customaryVariable: "PORT",
        commands: serverCommands,
        help: "Port to listen on; 0 takes a free one"
    )
    package static let socket = Setting(
        "socket",
        \.socket,
        .socketPath,
        help: "Unix socket to listen on in place of address and port, for a proxy on this machine; a path of at most "
            + "\(UnixSocket.longestPath) bytes"
    )
    package static let socketMode = Setting(
        "socket-mode",
        \.socketPermissions,
        .permissions,
        help: "Permissions of that socket; who may write may connect"
    )
    package static let certificateChain = Setting(
        "tls-certificate",
        \.certificateChain,
        .optionalPath,
        help: "File of the certificate of the server and those that follow, in PEM, to serve by TLS; SIGHUP reads it "
            + "again"
    )
    package static let certificateKey = Setting(
        "tls-key",
        \.certificateKey,
        .optionalPath,
        help: "File of the private key of that certificate, in PEM, which others must not be able to read"
    )
    package static let publicURL = Setting(
        "public-url",
        \.server.publicURL,
        .address,
        commands: serverCommands,
        help: "Address by which browsers reach the server, with the path below which a proxy serves it"
    )
    package static let strict = Setting(
        "strict",
        \.server.isStrict,
        .bool,
        commands: serverCommands,
        help: "Answer 400 to events that cannot be stored, instead of 204 with Analytics-Rejected"
    )
    package static let maximumBody = Setting(
        "max-body",
        \.server.http.maximumBody,
        .number(1...(1 << 30)),
        help: "Largest request body, in bytes"
    )
    package static let maximumInflated = Setting(
        "max-inflated",
        \.server.maximumInflated,
        .number(1...(1 << 30)),
        help: "Largest request body after decompression, in bytes"
    )
    package static let bodyMemory = Setting(
        "body-memory",
        \.server.bodyMemory,
        .number(1...(1 << 40)),
        help: "Bytes that all request bodies together may take before further ones are answered 503; a single body may "
            + "take more"
    )
    package static let maximumEvents = Setting(
        "max-events",
        \.server.maximumEvents,
        .number(1...10_000_000),
        help: "Most events in one request"
    )
    package static let connections = Setting(
        "connections",
        \.server.http.maximumConnections,
        .number(1...1_000_000),
        help: "Client connections at the same time; never more than the limit on open files allows"
    )
    package static let idleTimeout = Setting(
        "idle-timeout",
        \.server.http.idleTimeout,
        .seconds(1...86_400),
        help: "Seconds after which an idle connection is closed; more than the 60 of common proxies, so that the proxy "
            + "closes first"
    )
    package static let requestTimeout = Setting(
        "request-timeout",
        \.server.http.requestTimeout,
        .seconds(1...86_400),
        help: "Seconds that a request may take to arrive, and a client to take its answer"
    )
    package static let rateLimit = Setting(
        "rate-limit",
        \.rateLimit,
        .number(0...1_000_000),
        help: "Requests that an address may make in a second, of IPv6 a network of 64 bits; 0 sets no limit"
    )
    package static let rateBurst = Setting(
        "rate-burst",
        \.rateBurst,
        .number(1...1_000_000),
        help: "Requests that an address may make at once, after a while without any"
    )
    package static let requireKeys = Setting(
        "require-keys",
        \.server.requiresKeys,
        .bool,
        help: "Take and answer nothing at /analytics without a key of the site default"
    )
    package static let hitRate = Setting(
        "hit-rate",
        \.hitRate,
        .number(0...1_000_000),
        help: "Hits that an address may send in a second with a write key or without one; 0 sets no limit"
    )
    package static let hitBurst = Setting(
        "hit-burst",
        \.hitBurst,
        .number(1...1_000_000),
        help: "Hits that an address may send at once with a write key or without one, after a while without any"
    )
    package static let trustedProxies = Setting(
        "trusted-proxies",
        \.server.http.clients.proxies,
        .proxies,
        help: "Proxies that are believed what they say about their clients"
    )
    package static let clientHeader = Setting(
        "client-header",
        \.server.http.clients.header,
        .clientHeader,
        help: "The one header in which trusted proxies name the client of a request"
    )
    package static let proxyProtocol = Setting(
        "proxy-protocol",
        \.server.http.clients.expectsProxyHeader,
        .onOrOff,
        help: "Expect each connection to come from a trusted proxy and to begin with a header of the PROXY protocol, "
            + "version 1 or 2; others are closed"
    )
    package static let trackerPath = Setting(
        "tracker-path",
        \.server.trackerPath,
        .routePath(.tracker),
        help: "Path of the tracker; another one is on no blocker's list"
    )
    package static let collectPath = Setting(
        "collect-path",
        \.server.collectPath,
        .routePath(.events),
        help: "Path that the tracker sends to, beside /api/v1/events, which takes hits too"
    )
    package static let logLevel = Setting(
        "log-level",
        \.logLevel,
        .level,
        commands: databaseCommands,
        help: "Least severity that is logged; debug also logs each refused request"
    )
}

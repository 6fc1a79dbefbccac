import HTTPTypes
package import Hummingbird
import Logging
import NIOCore

/// The values that belong to one request.
package struct RequestScope: RequestContext {
    package var coreContext: CoreRequestContextStorage
    private let address: SocketAddress?
    private let origin = ConnectionOrigin.current
    /// The rules by which the client is found.
    var clientRules = ClientRules()
    /// The values of the parameters in the path of the route, percent-decoded.
    package internal(set) var pathParameters: [String: String] = [:]

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        address = source.channel.remoteAddress
    }

    /// Finds the client of the request: the other end of the connection, or whom trusted proxies name.
    package func client(of request: Request) -> Client {
        clientRules.client(of: origin?.peer ?? Peer(address)) { name in
            HTTPField.Name(name).map { request.headers[values: $0] } ?? []
        }
    }

    /// A new unique id; `id` would trap with a logger that has none.
    var requestID: String { RequestID().description }
}

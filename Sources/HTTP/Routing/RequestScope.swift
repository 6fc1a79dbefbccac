package import Hummingbird
import Logging
import NIOCore

/// The values that belong to one request.
package struct RequestScope: RequestContext {
    package var coreContext: CoreRequestContextStorage
    private let address: SocketAddress?
    /// The values of the parameters in the path of the route, percent-decoded.
    package internal(set) var pathParameters: [String: String] = [:]

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        address = source.channel.remoteAddress
    }

    /// The address of the client; nil if the connection has none, as one over a unix socket.
    package var client: ClientAddress? { address.flatMap(ClientAddress.init) }

    /// The id that Hummingbird gave the request; `id` would trap with a logger that keeps no metadata.
    var requestID: String {
        logger[metadataKey: "hb.request.id"]?.description ?? RequestID().description
    }
}

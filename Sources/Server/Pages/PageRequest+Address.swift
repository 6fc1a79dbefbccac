import HTTPTypes
import Hummingbird
import Web

extension PageRequest {
    /// A link with the scheme and the host, to be passed on.
    ///
    /// - Parameters:
    ///   - link: The link.
    ///   - address: The address by which browsers reach the server; nil to take the host of the request.
    /// - Returns: The link.
    func absolute(_ link: Link, _ address: ServerAddress?) -> String {
        origin(address) + link.text
    }

    /// The address of the server in snippets.
    func server(_ address: ServerAddress?) -> ServerAddress? { address ?? ServerAddress(origin(nil)) }

    private func origin(_ address: ServerAddress?) -> String {
        address?.origin ?? "http://\(request.head.authority ?? "localhost")"
    }
}

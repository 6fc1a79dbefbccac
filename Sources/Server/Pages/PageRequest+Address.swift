import HTTPTypes
import Hummingbird
import Web

extension PageRequest {
    /// A link with the scheme and the host, to be passed on.
    ///
    /// - Parameters:
    ///   - link: The link.
    ///   - settings: The settings of the server.
    /// - Returns: The link.
    func absolute(_ link: Link, _ settings: ServerSettings) -> String {
        origin(settings) + link.text
    }

    /// The address of the server in snippets; nil if the request names no host.
    func server(_ settings: ServerSettings) -> ServerAddress? {
        settings.publicURL ?? ServerAddress(origin(settings))
    }

    /// The public origin, else that of the request.
    private func origin(_ settings: ServerSettings) -> String {
        let scheme = settings.isEncrypted ? "https" : "http"
        return settings.publicURL?.origin ?? "\(scheme)://\(request.head.authority ?? "localhost")"
    }
}

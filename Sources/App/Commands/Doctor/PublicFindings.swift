import Assembly
import Server
import Terminal
import Web

/// The findings about the address by which browsers reach the server, and about the proxy in front of it.
enum PublicFindings {
    /// Asks by the public address, if there is one.
    static func all(_ settings: Settings) async -> [Finding] {
        guard let url = settings.server.publicURL else { return [] }
        do throws(TopFailure) {
            let view = try await ClientView.read(url.text)
            return [finding(view, url: url.text, needsProxy: url.isSecure && !settings.hasCertificate)]
        } catch {
            let advice = "open it with a browser: this machine may have no way to its own public address"
            return [.note("public", "\(url.text) does not answer: \(error)", advice)]
        }
    }

    /// The finding about what the server says of a client that came by the public address.
    ///
    /// - Parameters:
    ///   - view: The client; nil if no hourglass has answered.
    ///   - url: The public address.
    ///   - needsProxy: True if only a proxy can have taken the connection, since the server has no certificate.
    /// - Returns: The finding.
    static func finding(_ view: ClientView?, url: String, needsProxy: Bool) -> Finding {
        guard let view else {
            return .failure(
                "public",
                "what answers at \(url) is no hourglass",
                "let the proxy pass all paths below \(url) on to the server"
            )
        }
        let reason = view.reason
        if reason.contains("names the client") { return .ok("public", "\(url): \(reason)") }
        if reason.contains("is ignored") {
            return .failure(
                "public",
                "\(url): \(reason), so all visitors have the address of the proxy",
                "set \(Setting.trustedProxies.variable) to the address of the proxy"
            )
        }
        if reason.contains("sent no header") || reason.contains("names no client") {
            return .failure(
                "public",
                "\(url): \(reason), so visitors have no address of their own",
                "let the proxy send the header with the address of the client"
            )
        }
        guard needsProxy else { return .ok("public", "\(url): clients connect without a proxy") }
        return .failure(
            "public",
            "\(url): \(reason), and it names no client, so all visitors have its address",
            "let the proxy send the header, and set \(Setting.trustedProxies.variable) to its address"
        )
    }
}

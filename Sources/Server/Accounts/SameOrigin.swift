import HTTP
import HTTPTypes
import Hummingbird

/// The check that a change was asked for by a page of this server (cross-site request forgery).
///
/// Browsers tell by `Sec-Fetch-Site` (Fetch Metadata Request Headers), or by `Origin` where the page came without TLS. A
/// token in the page would protect from the same, at the cost of being in every page.
struct SameOrigin: Sendable {
    /// The origin by which browsers reach the server; nil to take that of the request's `Host`.
    let origin: String?

    /// - Throws: A `Problem` for a request of another page, and for one that tells nothing.
    func check(_ request: Request) throws(Problem) {
        guard !isSame(request) else { return }
        throw Problem(.forbidden, "not asked for by a page of this server")
    }

    private func isSame(_ request: Request) -> Bool {
        if let site = request.headers[.secFetchSite] { return site == "same-origin" }
        guard let sent = request.headers[.origin] else { return false }
        if let origin { return sent == origin }
        guard let host = request.head.authority else { return false }
        return sent == "http://\(host)" || sent == "https://\(host)"
    }
}

extension HTTPField.Name {
    static let secFetchSite = known("Sec-Fetch-Site")
}

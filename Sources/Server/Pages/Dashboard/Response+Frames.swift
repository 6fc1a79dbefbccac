import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Web

extension Response {
    /// The answer with a page that is shared, which the pages of the origins of its site may have in a frame.
    ///
    /// - Parameter access: The permission by which it is seen.
    /// - Returns: The answer; the same without a share link or without origins.
    func framed(by access: Access) -> Response {
        let origins = access.share == nil ? [] : access.site.settings.origins.map(\.text).filter { $0 != "*" }
        guard !origins.isEmpty else { return self }
        var response = self
        let ancestors = "frame-ancestors \(origins.joined(separator: " "))"
        response.headers[.known("Content-Security-Policy")] =
            PageHeaders.policy.replacing("frame-ancestors 'none'", with: ancestors)
        return response
    }
}

import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Registry
import Web

/// Writes pages as answers, with the headers of all pages.
struct PageWriter: Sendable {
    /// The frame of every page, before it is known who looks at it.
    let frame: Frame
    /// The sites, by whose organisations it is known what the reader of a page may open.
    let registry: SiteRegistry
    private let headers: HTTPFields

    /// - Parameters:
    ///   - links: The addresses within the server.
    ///   - version: The version of the server.
    ///   - isEncrypted: True if browsers reach the server by https.
    ///   - registry: The sites.
    init(links: Links, version: String, isEncrypted: Bool, registry: SiteRegistry) {
        frame = Frame(links: links, version: version)
        self.registry = registry
        var headers: HTTPFields = [.contentType: "text/html; charset=utf-8"]
        for field in PageHeaders(isEncrypted: isEncrypted).fields { headers[.known(field.name)] = field.value }
        self.headers = headers
    }

    /// The answer with a file that belongs to a page.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - type: The type of its content.
    ///   - request: The request, which may allow compression.
    /// - Returns: The answer.
    func response(_ bytes: [UInt8], type: String, to request: Request) -> Response {
        var headers = headers
        headers[.contentType] = type
        return Response(tagged: bytes, headers: headers, to: request)
    }

    /// The answer with a document.
    ///
    /// - Parameters:
    ///   - document: The document.
    ///   - request: The request, which may allow compression.
    ///   - status: The status.
    /// - Returns: The answer.
    func response(_ document: HTML, to request: Request, status: HTTPResponse.Status = .ok) -> Response {
        let isRead = request.method == .get || request.method == .head
        return status == .ok && isRead
            ? Response(tagged: document.bytes, headers: headers, to: request)
            : Response(status: status, headers: headers, text: document.bytes, compressedFor: request.headers)
    }
}

package import HTTPTypes
package import Hummingbird

/// A path that the server answers, with its methods, its name in metrics, the kind of its request bodies, and the
/// origins that may use it.
package struct Route: Sendable {
    package typealias Handler = @Sendable (Request, RequestScope) async throws -> Response

    package let path: PathTemplate
    /// The methods that it answers, `OPTIONS` included, in alphabetical order.
    package let methods: [HTTPRequest.Method]
    /// The methods as the header `Allow` lists them.
    let allow: String
    private let handlers: [HTTPRequest.Method: Handler]
    let bodyKind: BodyKind
    let cors: CORSPolicy?
    /// The headers of every answer to another method than `OPTIONS`, errors included.
    let headers: HTTPFields
    /// False if requests for it are neither refused nor counted by the rate limit.
    let isRateLimited: Bool
    /// True if the path may end with another slash, as that of another product does.
    let mayEndWithSlash: Bool
    /// True if it belongs to the API, and so to its description.
    package let isDescribed: Bool

    /// - Parameters:
    ///   - path: The path, in which `{name}` matches any value.
    ///   - handlers: The methods. `HEAD` follows from `GET`, and every route answers `OPTIONS`.
    ///   - bodies: The kind of its request bodies; nil if the only limit of their admission is memory.
    ///   - cors: The other origins that may use it; nil for none.
    ///   - headers: The headers of every answer to another method than `OPTIONS`, errors included.
    ///   - isRateLimited: False to exempt it from the rate limit.
    ///   - mayEndWithSlash: True to answer the path with a slash at its end, too.
    ///   - isDescribed: False for pages and what they load, which are no part of the API.
    package init(
        _ path: PathTemplate,
        _ handlers: [HTTPRequest.Method: Handler],
        bodies: BodyKind? = nil,
        cors: CORSPolicy? = nil,
        headers: HTTPFields = [:],
        isRateLimited: Bool = true,
        mayEndWithSlash: Bool = false,
        isDescribed: Bool = true
    ) {
        self.path = path
        var handlers = handlers
        handlers[.head] = handlers[.head] ?? handlers[.get]
        self.handlers = handlers
        methods = (handlers.keys + [.options]).sorted { $0.rawValue < $1.rawValue }
        allow = methods.map(\.rawValue).joined(separator: ", ")
        bodyKind = bodies ?? .other
        self.cors = cors
        self.headers = headers
        self.isRateLimited = isRateLimited
        self.mayEndWithSlash = mayEndWithSlash
        self.isDescribed = isDescribed
    }

    /// A route that serves a file.
    package init(_ path: PathTemplate, asset: Asset) {
        self.init(path, [.get: { request, _ in asset.response(to: request) }])
    }

    func handler(for method: HTTPRequest.Method) -> Handler? { handlers[method] }
}

package import HTTPTypes

/// The permission for pages of other origins to use a route from a browser (Fetch Standard, section 3.2).
package struct CORSPolicy: Sendable {
    /// The allowed origins.
    package enum Origins: Sendable {
        case any
        /// Each as a browser sends it, such as `https://example.com`.
        case listed(Set<String>)
        /// Those that a page may ask from at all; the route decides which answers it may read (`headers(allowing:)`).
        case decided(@Sendable (_ origin: String) async -> Bool)
    }

    package let origins: Origins
    /// The names of the request headers that a page may set, besides those that need no permission.
    package let headers: [String]
    /// The names of the headers of the answer that a page may read, besides those that need no permission.
    package let exposed: [String]
    /// Seconds for which a browser may keep the answer to a preflight.
    package let maximumAge: Int

    package init(origins: Origins, headers: [String] = [], exposed: [String] = [], maximumAge: Int = 86_400) {
        self.origins = origins
        self.headers = headers
        self.exposed = exposed
        self.maximumAge = maximumAge
    }

    /// The value of `Access-Control-Allow-Origin` for an origin; nil if it is not allowed.
    private func allowed(_ origin: String?) async -> String? {
        guard let origin else { return nil }
        return switch origins {
        case .any: "*"
        case .listed(let listed): listed.contains(origin) ? origin : nil
        case .decided(let isAllowed): await isAllowed(origin) ? origin : nil
        }
    }

    /// The headers of an answer to a request, as far as the route does not add them itself.
    func headers(for request: HTTPFields) async -> HTTPFields {
        if case .decided = origins { return varying }
        var fields = varying
        if let origin = await allowed(request[.origin]) { fields.append(contentsOf: headers(allowing: origin)) }
        return fields
    }

    /// The headers of an answer that pages of an origin may read.
    ///
    /// - Parameter origin: The origin, or `*` for any.
    /// - Returns: The headers.
    package func headers(allowing origin: String) -> HTTPFields {
        var fields: HTTPFields = [.accessControlAllowOrigin: origin]
        if !exposed.isEmpty { fields[.accessControlExposeHeaders] = exposed.joined(separator: ", ") }
        return fields
    }

    private var varying: HTTPFields { if case .any = origins { [:] } else { [.vary: "Origin"] } }

    /// The headers of an answer to `OPTIONS`, which a browser sends before the request itself.
    ///
    /// - Parameters:
    ///   - request: The headers of the request.
    ///   - methods: The methods of the route, as a list.
    /// - Returns: The headers.
    func preflightHeaders(for request: HTTPFields, methods: String) async -> HTTPFields {
        var fields = varying
        fields[.accessControlAllowOrigin] = await allowed(request[.origin])
        guard fields[.accessControlAllowOrigin] != nil, request[.accessControlRequestMethod] != nil else {
            return fields
        }
        fields[.accessControlAllowMethods] = methods
        if !headers.isEmpty { fields[.accessControlAllowHeaders] = headers.joined(separator: ", ") }
        fields[.accessControlMaxAge] = "\(maximumAge)"
        return fields
    }
}

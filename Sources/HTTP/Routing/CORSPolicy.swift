import HTTPTypes

/// The permission for pages of other origins to use a route from a browser (Fetch Standard, section 3.2).
package struct CORSPolicy: Sendable {
    /// The allowed origins.
    package enum Origins: Sendable {
        case any
        /// Each as a browser sends it, such as `https://example.com`.
        case listed(Set<String>)
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
    private func allowed(_ origin: String?) -> String? {
        switch origins {
        case .any: origin == nil ? nil : "*"
        case .listed(let listed): origin.flatMap { listed.contains($0) ? $0 : nil }
        }
    }

    /// The headers of an answer to a request.
    func headers(for request: HTTPFields) -> HTTPFields {
        var fields = originHeaders(for: request)
        if fields[.accessControlAllowOrigin] != nil, !exposed.isEmpty {
            fields[.accessControlExposeHeaders] = exposed.joined(separator: ", ")
        }
        return fields
    }

    private func originHeaders(for request: HTTPFields) -> HTTPFields {
        var fields: HTTPFields = [:]
        if case .listed = origins { fields[.vary] = "Origin" }
        fields[.accessControlAllowOrigin] = allowed(request[.origin])
        return fields
    }

    /// The headers of an answer to `OPTIONS`, which a browser sends before the request itself.
    ///
    /// - Parameters:
    ///   - request: The headers of the request.
    ///   - methods: The methods of the route, as a list.
    /// - Returns: The headers.
    func preflightHeaders(for request: HTTPFields, methods: String) -> HTTPFields {
        var fields = originHeaders(for: request)
        guard fields[.accessControlAllowOrigin] != nil, request[.accessControlRequestMethod] != nil else {
            return fields
        }
        fields[.accessControlAllowMethods] = methods
        if !headers.isEmpty { fields[.accessControlAllowHeaders] = headers.joined(separator: ", ") }
        fields[.accessControlMaxAge] = "\(maximumAge)"
        return fields
    }
}

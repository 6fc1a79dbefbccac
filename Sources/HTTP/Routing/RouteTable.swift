import HTTPTypes

/// All routes of the server.
///
/// It determines the methods of a path, the answers to `OPTIONS`, the labels of metrics and the admission of bodies.
package struct RouteTable: Sendable {
    package let all: [Route]
    /// The path below which a proxy serves all routes, such as `/stats`, if it leaves it in requests; empty for none.
    private let base: String
    private let literal: [String: Route]
    private let templates: [Route]

    /// - Parameters:
    ///   - routes: The routes; literal paths take precedence over templates, earlier templates over later ones.
    ///   - base: The path below which a proxy serves them; empty for none.
    package init(_ routes: [Route], base: String = "") {
        all = routes
        self.base = base
        literal = Dictionary(
            routes.filter(\.path.isLiteral).map { ($0.path.text, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        templates = routes.filter { !$0.path.isLiteral }
    }

    /// The route of a path, and the values of its parameters; nil if there is none.
    func match(_ path: some StringProtocol) -> (route: Route, parameters: [String: String])? {
        var path = String(path)
        if !base.isEmpty, path.hasPrefix(base + "/") { path.removeFirst(base.count) }
        if let match = exactMatch(path) { return match }
        guard path.hasSuffix("/"), let match = exactMatch(String(path.dropLast())), match.route.mayEndWithSlash else {
            return nil
        }
        return match
    }

    private func exactMatch(_ path: String) -> (route: Route, parameters: [String: String])? {
        if let route = literal[path] { return (route, [:]) }
        for route in templates {
            if let parameters = route.path.parameters(of: path[...]) { return (route, parameters) }
        }
        return nil
    }

    /// The kind of bodies that come with requests for a target in origin form.
    func bodyKind(ofTarget target: String) -> BodyKind {
        match(target.prefix { $0 != "?" })?.route.bodyKind ?? .other
    }

    /// The literal paths of the routes without a rate limit.
    var unlimited: [String] { all.filter { !$0.isRateLimited }.map(\.path.text) }

    /// The methods of all routes, in alphabetical order, as the header `Allow` lists them.
    var allow: String {
        Set(all.flatMap { $0.methods.map(\.rawValue) }).sorted().joined(separator: ", ")
    }

    /// The labels of a request in metrics.
    func labels(path: some StringProtocol, method: String, status: Int) -> RequestLabels {
        RequestLabels(of: match(path)?.route, method: method, status: status)
    }
}

extension RequestLabels {
    /// The labels of a request that has been matched; requests for other paths or by other methods are `other`, so that
    /// clients cannot create any number of labels.
    init(of route: Route?, method: String, status: Int) {
        if let route, route.methods.contains(where: { $0.rawValue == method }) {
            self.init(route: route.path.text, method: method, status: status)
        } else {
            self.init(route: "other", method: "other", status: status)
        }
    }
}

/// The labels that tell the values of one metric apart.
package protocol Labels: Sendable, Hashable {
    var pairs: [(String, String)] { get }
}

/// The labels of a metric with one value.
package struct NoLabels: Labels {
    package var pairs: [(String, String)] { [] }
    package static func == (_: NoLabels, _: NoLabels) -> Bool { true }
    package func hash(into hasher: inout Hasher) {}
}

/// The labels of requests.
///
/// The route is one of the server's or `other`, so that clients cannot create any number of labels.
package struct RequestLabels: Labels {
    let route: String
    let method: String
    let status: Int

    package init(route: String, method: String, status: Int) {
        self.route = route
        self.method = method
        self.status = status
    }

    package var pairs: [(String, String)] { [("route", route), ("method", method), ("status", "\(status)")] }
}

/// The facts of a request that are kept after its answer.
package struct RequestRecord: Sendable {
    package let method: String
    /// The path without the query, which may contain data of users.
    package let path: String
    package let id: String

    package init(method: String, target: String, id: String) {
        self.method = method
        path = String(target.prefix { $0 != "?" })
        self.id = id
    }
}

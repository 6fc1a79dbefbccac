/// The facts of a request that stay known once it has been answered.
package struct RequestRecord: Sendable {
    package let method: String
    /// The path alone: the query may hold data of users.
    package let path: String
    package let id: String

    package init(method: String, target: String, id: String) {
        self.method = method
        path = String(target.prefix { $0 != "?" })
        self.id = id
    }
}

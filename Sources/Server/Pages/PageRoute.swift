import HTTP
import HTTPTypes
import Hummingbird

/// A page, what it needs, and what its forms need.
struct PageRoute: Sendable {
    typealias Handler = @Sendable (PageRequest) async throws -> Response

    let path: String
    /// The permission to see it.
    let need: PageNeed
    /// The permission to send its forms; nil for the same.
    let formNeed: PageNeed?
    let get: Handler?
    let post: Handler?

    /// - Parameters:
    ///   - path: The path, in which `{site}` and `{organisation}` name what the need is about.
    ///   - need: The permission to see it.
    ///   - formNeed: The permission to send its forms; nil for the same.
    ///   - get: Shows it; nil for a path that only takes a form.
    ///   - post: Takes its forms; nil without any.
    init(
        _ path: String,
        _ need: PageNeed,
        changing formNeed: PageNeed? = nil,
        get: Handler?,
        post: Handler? = nil
    ) {
        self.path = path
        self.need = need
        self.formNeed = formNeed
        self.get = get
        self.post = post
    }

    /// The permission for a method.
    func need(for method: HTTPRequest.Method) -> PageNeed { method == .post ? formNeed ?? need : need }
}

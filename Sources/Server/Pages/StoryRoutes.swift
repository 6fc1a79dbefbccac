#if DEBUG
    import Analytics
    import HTTP
    import Hummingbird
    import Web

    /// The routes of all pages in all their states, `/dev` and `/dev/{story}/{state}`, which only debug builds have.
    struct StoryRoutes: Sendable {
        let writer: PageWriter

        var routes: [Route] {
            [
                Route("/dev", [.get: { request, _ in try answer(request, "index", "all") }], isDescribed: false),
                Route("/dev/{story}/{state}", [.get: { try story($0, $1) }], isDescribed: false),
            ]
        }

        @Sendable private func story(_ request: Request, _ scope: RequestScope) throws -> Response {
            try answer(request, scope.pathParameters["story"], scope.pathParameters["state"])
        }

        private func answer(_ request: Request, _ story: String?, _ state: String?) throws -> Response {
            let story = Story.all.first { $0.name == story }
            guard let state = story?.states.first(where: { $0.name == state }) else {
                throw Problem(.notFound, "there is no such story")
            }
            var frame = writer.frame
            frame.viewer = Frame.Viewer(name: "Ada Lovelace", isOperator: true)
            frame.role = .owner
            frame.theme = request.uri.queryParameters["theme"].flatMap { Frame.Theme(rawValue: String($0)) } ?? .system
            return writer.response(try state.document(in: frame), to: request)
        }
    }
#endif

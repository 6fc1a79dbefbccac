#if DEBUG
    extension Story {
        static let errors = [
            Story(
                "error",
                [
                    State("not-found") { _ in ErrorPage(.notFound, isLoggedIn: true) },
                    State("forbidden") { _ in ErrorPage(.forbidden(roles: "admin"), isLoggedIn: true) },
                    State("login") { ErrorPage(.needsLogin(next: $0("/s/example.com")), isLoggedIn: false) },
                    State("foreign") { _ in ErrorPage(.foreignForm, isLoggedIn: true) },
                    State("failed") { ErrorPage(.failed(request: $0("5f0c1a9e")), isLoggedIn: true) },
                    State("unavailable") { _ in ErrorPage(.unavailable(retryAfter: 5), isLoggedIn: true) },
                    State("not-yet") {
                        ErrorPage(.notYet(text: $0("The database took too long"), retryAfter: 5), isLoggedIn: true)
                    },
                    State("other") { ErrorPage(.other(status: 413, text: $0("It is too large.")), isLoggedIn: true) },
                ]
            ),
            Story(
                "message",
                [
                    State("link") {
                        MessagePage(
                            $0("The link has been used"),
                            text: $0("Ask for another one."),
                            action: ("Log in", Links().login())
                        )
                    }
                ]
            ),
        ]
    }
#endif

/// The page in the place of one that cannot be shown.
package struct ErrorPage: Page {
    /// The reason.
    package enum Reason: Sendable, Hashable {
        case notFound
        /// The account may not see it, but who has these roles may.
        case forbidden(roles: String)
        /// Nobody is logged in; afterwards it goes on to the path.
        case needsLogin(next: String)
        /// A form came from another place, or none is known.
        case foreignForm
        /// The server failed; the id is in its log.
        case failed(request: String)
        /// The database is away; the seconds after which one may try again.
        case unavailable(retryAfter: Int)
        /// The answer takes longer, for a reason; the seconds after which one may try again.
        case notYet(text: String, retryAfter: Int)
        case other(status: Int, text: String)
    }

    package let reason: Reason
    /// True if somebody is logged in, who finds the way by the navigation.
    let isLoggedIn: Bool

    /// - Parameters:
    ///   - reason: The reason.
    ///   - isLoggedIn: True if somebody is logged in.
    package init(_ reason: Reason, isLoggedIn: Bool) {
        self.reason = reason
        self.isLoggedIn = isLoggedIn
    }

    /// The status of the answer.
    package var status: Int {
        switch reason {
        case .notFound: 404
        case .forbidden, .foreignForm: 403
        case .needsLogin: 401
        case .failed: 500
        case .unavailable, .notYet: 503
        case .other(let status, _): status
        }
    }

    /// The seconds after which one may try again; nil where that would not help.
    package var retryAfter: Int? {
        switch reason {
        case .unavailable(let seconds), .notYet(_, let seconds): seconds
        default: nil
        }
    }

    package var title: String {
        switch reason {
        case .notFound: "There is no such page"
        case .forbidden: "You may not see this"
        case .needsLogin: "Log in first"
        case .foreignForm: "The form came from elsewhere"
        case .failed: "Something went wrong"
        case .unavailable: "The database is away"
        case .notYet: "This takes longer"
        case .other: "That did not work"
        }
    }

    package var place: Place { .alone }

    package func content(_ links: Links) -> HTML {
        Panel(
            title: title,
            content: "<p class=\"code\">\(status)</p><p>\(text)</p><div class=\"send\">\(action(links))</div>"
        ).html
    }

    private var text: HTML {
        switch reason {
        case .notFound:
            "The address may be mistyped, or the thing was renamed or deleted, or you may not know that it exists."
        case .forbidden(let roles): "This needs the role \(roles). Ask one of those who have it."
        case .needsLogin: "The page is for people with an account."
        case .foreignForm: "It was not sent by a page of this server, so nothing was changed. Open the page again."
        case .failed(let request): "The log of the server says more, under the request <code>\(request)</code>."
        case .unavailable(let seconds):
            """
            So nothing can be shown or changed now. Try again in <span data-seconds="\(seconds)">\(seconds)</span> s.
            """
        case .notYet(let text, let seconds):
            "\(text). Try again in <span data-seconds=\"\(seconds)\">\(seconds)</span> s."
        case .other(_, let text): "\(text)"
        }
    }

    private func action(_ links: Links) -> LinkButton {
        switch reason {
        case .needsLogin(let next): LinkButton("Log in", links.login(next: next))
        default: LinkButton(isLoggedIn ? "To your sites" : "Log in", isLoggedIn ? links.sites : links.login())
        }
    }
}

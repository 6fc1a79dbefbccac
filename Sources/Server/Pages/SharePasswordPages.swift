import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry
import Web

/// The form of the password of a share link, `POST /share/{share}/password`, which stands in the place of its pages.
struct SharePasswordPages: Sendable {
    let control: AccessControl
    let writer: PageWriter

    private var links: Links { writer.frame.links }
    private var logins: LoginReader { control.logins }

    var routes: [PageRoute] { [PageRoute("/share/{share}/password", .nothing, get: show, post: enter)] }

    /// The answer in the place of a page whose password has not been given.
    ///
    /// - Parameters:
    ///   - request: The request for the page.
    ///   - share: The text of the link.
    ///   - next: The path of the page with its query, without the base path.
    /// - Returns: The answer; nil for a link that has ended meanwhile.
    /// - Throws: A `RegistryFailure`
    func question(_ request: Request, _ share: String, next: String) async throws -> Response? {
        guard let access = try await control.lockedAccess(by: share) else { return nil }
        let shown = SharePasswordPage(share: share, next: self.next(next, share))
        return answer(shown, request, access, .unauthorized)
    }

    /// The address of the form in a browser leads to what it opens.
    @Sendable private func show(_ page: PageRequest) async throws -> Response {
        let share = page.scope.pathParameters["share"].map { String($0) } ?? ""
        guard try await control.lockedAccess(by: share) != nil else { throw PageFailure.notFound }
        return writer.redirect(to: links.share(share))
    }

    @Sendable private func enter(_ page: PageRequest) async throws -> Response {
        let text = page.scope.pathParameters["share"].map { String($0) } ?? ""
        guard let access = try await control.lockedAccess(by: text), let share = access.share else {
            throw PageFailure.notFound
        }
        let next = next(page.form["next"], text)
        let target = links.own(next) ?? links.share(text)
        guard share.password != nil else { return writer.redirect(to: target) }
        do {
            let proof = try await logins.accounts.check(
                page.form.secret("password"),
                of: share,
                page.client,
                now: .now
            )
            return writer.redirect(to: target, cookie: logins.shareCookie.setting(proof, for: links.share(text)))
        } catch AccountFailure.wrong {
            let shown = SharePasswordPage(share: text, next: next, isWrong: true)
            return answer(shown, page.request, access, .unauthorized)
        } catch AccountFailure.wait(let seconds) {
            let shown = SharePasswordPage(share: text, next: next, retryAfter: seconds)
            var response = answer(shown, page.request, access, .tooManyRequests)
            response.headers[.retryAfter] = "\(seconds)"
            return response
        }
    }

    /// The path to go on to: one of the link's own pages.
    private func next(_ text: String, _ share: String) -> String {
        let start = "/share/\(share)"
        let isOwn = text == start || text.hasPrefix(start + "?") || text.hasPrefix(start + "/")
        return isOwn && links.own(text) != nil ? text : start
    }

    /// The answer with the page, which stands in frames as the page does that it stands for; elsewhere it does not tell
    /// which these are.
    private func answer(
        _ shown: SharePasswordPage,
        _ request: Request,
        _ access: Access,
        _ status: HTTPResponse.Status
    ) -> Response {
        var response = writer.response(shown, for: nil, to: request, status: status)
        response.headers[.cacheControl] = "no-store"
        let isInFrame = ["iframe", "frame"].contains(request.headers[.known("Sec-Fetch-Dest")] ?? "")
        return isInFrame ? response.framed(by: access) : response
    }
}

import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry
import Web

/// The pages to log in and out: `/login`, `/login/code` and `/logout`.
struct LoginPages: Sendable {
    let logins: LoginReader
    let writer: PageWriter

    private var accounts: Accounts { logins.accounts }
    private var links: Links { writer.frame.links }

    var routes: [PageRoute] {
        [
            PageRoute("/login", .nothing, get: show, post: logIn),
            PageRoute("/login/code", .nothing, get: showCode, post: complete),
            PageRoute("/logout", .nothing, get: nil, post: logOut),
        ]
    }

    @Sendable private func show(_ page: PageRequest) async throws -> Response {
        if page.login != nil { return writer.redirect(to: start(page.query["next"])) }
        return writer.response(LoginPage(next: next(page.query["next"])), for: nil, to: page.request)
    }

    @Sendable private func logIn(_ page: PageRequest) async throws -> Response {
        let next = next(page.form["next"])
        do {
            let (secret, needsCode) = try await accounts.logIn(
                page.form["name"],
                password: page.form.secret("password"),
                page.client
            )
            let target = needsCode ? links.code.with("next", next) : start(page.form["next"])
            return writer.redirect(to: target, cookie: logins.cookie.setting(secret))
        } catch AccountFailure.wrong {
            let form = page.form.state(problem: "The name or the password is wrong.")
            return writer.response(LoginPage(next: next, form: form), for: nil, to: page.request, status: .unauthorized)
        } catch AccountFailure.wait(let seconds) {
            let form = LoginPage(next: next, retryAfter: seconds, form: page.form.state())
            return waiting(seconds, form, page.request)
        }
    }

    @Sendable private func showCode(_ page: PageRequest) async throws -> Response {
        if page.login != nil { return writer.redirect(to: start(page.query["next"])) }
        return writer.response(CodePage(next: next(page.query["next"])), for: nil, to: page.request)
    }

    @Sendable private func complete(_ page: PageRequest) async throws -> Response {
        guard let secret = page.secret else { return writer.redirect(to: links.login()) }
        do {
            let own = try await accounts.complete(secret, code: page.form["code"], page.client, now: .now)
            return writer.redirect(to: start(page.query["next"]), cookie: logins.cookie.setting(own))
        } catch AccountFailure.wrong {
            let form = FormState(errors: ["code": "This is not the present code."])
            let shown = CodePage(next: next(page.query["next"]), form: form)
            return writer.response(shown, for: nil, to: page.request, status: .unauthorized)
        } catch AccountFailure.wait(let seconds) {
            return waiting(seconds, CodePage(next: next(page.query["next"]), retryAfter: seconds), page.request)
        }
    }

    @Sendable private func logOut(_ page: PageRequest) async throws -> Response {
        if let login = page.login { try await accounts.logOut(login) }
        return writer.redirect(to: links.login(), done: .out, cookie: logins.cookie.removal)
    }

    private func waiting(_ seconds: Int, _ form: some Web.Page, _ request: Request) -> Response {
        var response = writer.response(form, for: nil, to: request, status: .tooManyRequests)
        response.headers[.retryAfter] = "\(seconds)"
        return response
    }

    /// The path to go on to; nil for one of another server, and for none.
    private func next(_ text: String) -> String? { text.isEmpty || links.own(text) == nil ? nil : text }

    private func start(_ next: String) -> Link { self.next(next).flatMap { links.own($0) } ?? links.sites }
}

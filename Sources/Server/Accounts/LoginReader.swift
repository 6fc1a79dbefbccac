import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry

/// Finds out who is logged in.
struct LoginReader: Sendable {
    let accounts: Accounts
    let cookie: LoginCookie
    let sameOrigin: SameOrigin

    /// The cookie of those who have given the password of a share link.
    var shareCookie: ShareCookie { ShareCookie(isSecure: cookie.isSecure) }

    /// The login of a request; nil without one.
    ///
    /// - Throws: A `RegistryFailure`
    func login(of request: Request) async throws -> Login? {
        guard let secret = cookie.secret(of: request.headers) else { return nil }
        return try await accounts.login(of: secret)
    }

    /// The account that a request acts for; nil for none.
    ///
    /// - Throws: A `Problem` for a change that another page asks for, or a `RegistryFailure`
    func account(of request: Request) async throws -> Account? {
        guard let login = try await login(of: request), login.isComplete else { return nil }
        if request.method != .get, request.method != .head { try sameOrigin.check(request) }
        return login.account
    }
}

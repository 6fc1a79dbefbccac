import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry
import Web

extension PageWriter {
    /// The answer with a page.
    ///
    /// - Parameters:
    ///   - page: The page.
    ///   - account: The account that is logged in; nil for nobody.
    ///   - request: The request.
    ///   - status: The status.
    ///   - theme: The colours; nil for those of the account.
    /// - Returns: The answer.
    func response(
        _ page: some Web.Page,
        for account: Account?,
        to request: Request,
        status: HTTPResponse.Status = .ok,
        theme: Frame.Theme? = nil
    ) -> Response {
        var frame = frame
        if let account {
            frame.viewer = Frame.Viewer(name: account.shownName, isOperator: account.isOperator)
            frame.hasShortcuts = account.settings.hasShortcuts
            frame.theme = Frame.Theme(rawValue: account.settings.theme.rawValue) ?? .system
            frame.role = role(of: account, in: page.place)
        }
        if let theme { frame.theme = theme }
        let done = request.uri.queryParameters["done"].flatMap { PageDone(rawValue: String($0)) }
        if let done { frame.notices = [Notice(.success, done.text)] }
        return response(frame.document(page), to: request, status: status)
    }

    /// The role of an account in the organisation of the site that a page is about; nil for none.
    private func role(of account: Account, in place: Web.Place) -> Role? {
        guard case .site(let name, _) = place else { return nil }
        return registry.recent?.site(named: name).flatMap { account.role(in: $0.organisation) }
    }

    /// The answer with a page about an error.
    func response(_ page: ErrorPage, for account: Account?, to request: Request) -> Response {
        var response = response(page, for: account, to: request, status: HTTPResponse.Status(code: page.status))
        if let seconds = page.retryAfter { response.headers[.retryAfter] = "\(seconds)" }
        return response
    }

    /// The answer that leads to another page.
    ///
    /// - Parameters:
    ///   - link: The address.
    ///   - done: What was done, which the page tells; nil for nothing.
    ///   - cookie: The header that sets or removes the cookie; nil for neither.
    ///   - status: The status; by default that after a form.
    /// - Returns: The answer.
    func redirect(
        to link: Link,
        done: PageDone? = nil,
        cookie: String? = nil,
        status: HTTPResponse.Status = .seeOther
    ) -> Response {
        var headers: HTTPFields = [.location: link.with("done", done?.rawValue).text, .cacheControl: "no-store"]
        headers[.setCookie] = cookie
        return Response(status: status, headers: headers)
    }
}

/// The result of a form, which the page after it tells.
enum PageDone: String, Sendable {
    case saved, added, removed, revoked, renamed, moved, reset, deleted, password, ended, factor, unfactored, joined,
        out

    var text: String {
        switch self {
        case .saved: "Saved."
        case .added: "Added."
        case .removed: "Removed."
        case .revoked: "Revoked."
        case .renamed: "Renamed. The old name still leads here."
        case .moved: "Handed over."
        case .reset: "All hits of the site are being deleted."
        case .deleted: "The site is gone, and its hits are being deleted."
        case .password: "The password is changed, and all other logins are over."
        case .ended: "The logins are over."
        case .factor: "The second factor is on, and all other logins are over."
        case .unfactored: "The second factor is off, and all other logins are over."
        case .joined: "You are a member now."
        case .out: "You are logged out."
        }
    }
}

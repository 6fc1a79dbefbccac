import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry
import Web

/// The way of every request for a page: who it is, where it comes from, what it may, and what is shown if it fails.
struct PageGate: Sendable {
    let registry: SiteRegistry
    let logins: LoginReader
    let reader: BodyReader
    let writer: PageWriter
    let passwords: SharePasswordPages

    /// The route of a page.
    func route(_ page: PageRoute) -> Route {
        var handlers: [HTTPRequest.Method: Route.Handler] = [:]
        if let get = page.get { handlers[.get] = { try await respond(to: $0, $1, page, get) } }
        if let post = page.post { handlers[.post] = { try await respond(to: $0, $1, page, post) } }
        return Route(PathTemplate(page.path), handlers, isDescribed: false)
    }

    private func respond(
        to request: Request,
        _ scope: RequestScope,
        _ page: PageRoute,
        _ handler: PageRoute.Handler
    ) async throws -> Response {
        var viewer: Account?
        do {
            let secret = logins.cookie.secret(of: request.headers)
            let login = try await logins.login(of: request)
            viewer = login?.isComplete == true ? login?.account : nil
            if request.method == .post { try check(request) }
            if let other = try turnedAway(request, page, login) { return other }
            let (site, organisation) = try await place(request, scope, page, viewer)
            if let site, let moved = moved(request, scope, to: site) { return moved }
            let type = request.headers[.contentType]
            let form = request.method == .post ? PageForm(try await body(of: request), type) : PageForm([])
            return try await handler(
                PageRequest(
                    request: request,
                    scope: scope,
                    form: form,
                    query: PageForm(Array((request.uri.query ?? "").utf8)),
                    login: viewer == nil ? nil : login,
                    secret: secret,
                    site: site,
                    organisation: organisation
                )
            )
        } catch PageFailure.needsSharePassword {
            let share = scope.pathParameters["share"].map { String($0) } ?? ""
            let asked = try await passwords.question(request, share, next: own(request.uri.string))
            return try asked ?? failure(PageFailure.notFound, request, scope, viewer)
        } catch {
            return try failure(error, request, scope, viewer)
        }
    }

    private func check(_ request: Request) throws(PageFailure) {
        do { try logins.sameOrigin.check(request) } catch { throw .foreignForm }
    }

    /// The answer to somebody who has to log in first; nil for others.
    private func turnedAway(_ request: Request, _ page: PageRoute, _ login: Login?) throws -> Response? {
        // A public site has readers who are not logged in.
        guard ![.nothing, .readers].contains(page.need(for: request.method)) else { return nil }
        if login?.isComplete == true { return nil }
        guard request.method == .get || request.method == .head else { throw PageFailure.needsLogin }
        if login != nil { return writer.redirect(to: writer.frame.links.code) }
        return toLogin(request)
    }

    /// The answer that leads to the login, and from there back.
    private func toLogin(_ request: Request) -> Response {
        writer.redirect(to: writer.frame.links.login(next: own(request.uri.string)))
    }

    /// The site or the organisation that a path names, after the check of the role in it.
    private func place(
        _ request: Request,
        _ scope: RequestScope,
        _ page: PageRoute,
        _ account: Account?
    ) async throws -> (Site?, organisation: String?) {
        switch page.need(for: request.method) {
        case .nothing, .account: return (nil, nil)
        case .operator:
            guard account?.isOperator == true else { throw PageFailure.forbidden("operator") }
            return (nil, nil)
        case .organisation(let role):
            let name = scope.pathParameters["organisation"] ?? ""
            try check(account, role, in: name)
            return (nil, name)
        case .site(let role):
            guard let site = try await site(scope) else { throw PageFailure.notFound }
            try check(account, role, in: site.organisation)
            return (site.seen(by: account), site.organisation)
        case .siteOperator:
            guard let site = try await site(scope) else { throw PageFailure.notFound }
            try check(account, .viewer, in: site.organisation)
            guard account?.isOperator == true else { throw PageFailure.forbidden("operator") }
            return (site.seen(by: account), site.organisation)
        case .readers:
            let site = try await site(scope)
            if let site, site.settings.isPublic { return (site.seen(by: account), nil) }
            guard account != nil else { throw PageFailure.needsLogin }
            guard let site else { throw PageFailure.notFound }
            try check(account, .viewer, in: site.organisation)
            return (site.seen(by: account), site.organisation)
        }
    }

    /// The site that a path names; nil if there is none.
    private func site(_ scope: RequestScope) async throws -> Site? {
        let text = scope.pathParameters["site"] ?? ""
        let name = try? SiteName(parsing: text.utf8Span.span)
        return name.flatMap(try await registry.snapshot().site(named:))
    }

    /// Whoever has no role at all is not told what there is.
    private func check(_ account: Account?, _ role: Role, in organisation: String) throws(PageFailure) {
        guard let own = account?.role(in: organisation) else { throw .notFound }
        let roles = Role.allCases.filter { $0 >= role }.map(\.rawValue)
        guard own >= role else { throw .forbidden(roles.joined(separator: " or ")) }
    }

    /// The way to the present name of a site that was renamed; nil if the path has it.
    private func moved(_ request: Request, _ scope: RequestScope, to site: Site) -> Response? {
        guard let text = scope.pathParameters["site"], text != site.name.text, request.method != .post else {
            return nil
        }
        let path = own(request.uri.path).split(separator: "/", omittingEmptySubsequences: false)
        guard path.count > 2 else { return nil }
        let rest = path[3...].map { "/" + $0 }.joined()
        let query = request.uri.query.map { "?" + $0 } ?? ""
        let link = writer.frame.links.own("/s/\(site.name.text.percentEncoded)\(rest)\(query)")
        return link.map { writer.redirect(to: $0, status: .permanentRedirect) }
    }

    /// A path of a request without the one below which a proxy serves all pages.
    private func own(_ path: String) -> String {
        let base = writer.frame.links.base
        return !base.isEmpty && path.hasPrefix(base + "/") ? String(path.dropFirst(base.count)) : path
    }

    private func body(of request: Request) async throws -> [UInt8] {
        var share = reader.budget.share()
        let body = try await reader.body(of: request, &share)
        guard body.readableBytes <= PageForm.largest else {
            throw Problem(.contentTooLarge, "the form is too large", field: "body")
        }
        return Array(body.readableBytesView)
    }

    /// The page about an error.
    private func failure(
        _ error: any Error,
        _ request: Request,
        _ scope: RequestScope,
        _ viewer: Account?
    ) throws -> Response {
        let reason: ErrorPage.Reason
        switch error {
        case PageFailure.notFound: reason = .notFound
        case PageFailure.forbidden(let roles): reason = .forbidden(roles: roles)
        case PageFailure.needsLogin where request.method != .post: return toLogin(request)
        case PageFailure.needsLogin: reason = .needsLogin(next: own(request.headers.refererPath ?? "/"))
        case PageFailure.foreignForm: reason = .foreignForm
        case AccountFailure.busy: reason = .unavailable(retryAfter: 2)
        case RegistryFailure.refused(let text): reason = .other(status: 409, text: text)
        case is RegistryFailure, QueryError.unavailable: reason = .unavailable(retryAfter: 1)
        case QueryError.tooSlow, QueryError.incomplete, QueryError.building:
            let text = "\(problem(for: error).detail)"
            reason = .notYet(text: text.prefix(1).uppercased() + text.dropFirst(), retryAfter: 5)
        default:
            let problem = problem(for: error)
            // Unknown errors get their id, and an entry in the log, where those of all routes do.
            guard problem.status.code < 500 else { throw error }
            reason = .other(status: problem.status.code, text: problem.description)
        }
        return writer.response(ErrorPage(reason, isLoggedIn: viewer != nil), for: viewer, to: request)
    }
}

/// The reason that a page is not shown.
enum PageFailure: Error, Equatable {
    case notFound
    /// The roles of those who may see it.
    case forbidden(String)
    case needsLogin
    /// The password of the share link has not been given.
    case needsSharePassword
    case foreignForm
}

extension HTTPFields {
    /// The path of the page that a form stands on, without the origin; nil if it is not told.
    fileprivate var refererPath: String? {
        guard let text = self[.known("Referer")], let scheme = text.firstRange(of: "://") else { return nil }
        let rest = text[scheme.upperBound...]
        return rest.firstIndex(of: "/").map { String(rest[$0...]) }
    }
}

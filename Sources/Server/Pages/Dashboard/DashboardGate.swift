import Analytics
import HTTP
import Hummingbird
import Registry
import Web

/// The way to a question of a dashboard: who may ask it, of a site or by a share link.
struct DashboardGate: Sendable {
    let control: AccessControl

    /// The question of an address, as far as the reader may ask it.
    ///
    /// - Parameters:
    ///   - page: The request.
    ///   - query: The parameters of the dashboard, still encoded.
    ///   - view: The page of a site that it is asked on.
    /// - Returns: The question.
    /// - Throws: A `PageFailure`, a `Problem` or a `RegistryFailure`
    func question(
        _ page: PageRequest,
        _ query: String,
        view: DashboardView = .dashboard
    ) async throws -> DashboardQuestion {
        guard let share = page.scope.pathParameters["share"].map({ String($0) }) else {
            return DashboardQuestion(query, try page.reader, view: view)
        }
        do {
            let (cookie, headers) = (control.logins.shareCookie, page.request.headers)
            let access = try await control.access { (rules) throws(AccessRules.Refusal) in
                try rules.opening(share) { cookie.opens($0, headers, at: .now) }
            }
            return DashboardQuestion(query, access, share: share)
        } catch let rejection as Rejection {
            throw rejection.reason == .needsPassword ? PageFailure.needsSharePassword : .notFound
        }
    }
}

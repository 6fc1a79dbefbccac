import Analytics
import HTTP
import Hummingbird
import Registry

/// The permission of an account to change a site, with the editor that makes changes in its name.
struct Administration: Sendable {
    let site: Site
    let editor: RegistryEditor
}

extension AccessControl {
    /// The permission to change the settings and the keys of a site, which takes the login of an admin.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - scope: The scope of the request.
    ///   - name: The name of the site.
    /// - Returns: The permission.
    /// - Throws: A `Rejection`, a `Problem` or a `RegistryFailure`
    func administering(_ request: Request, _ scope: RequestScope, _ name: SiteName?) async throws -> Administration {
        let access = try await managing(request, name, as: .admin)
        // A key that makes keys would outlive its revocation.
        guard let account = access.account else { throw Rejection(.key, .wrongScope) }
        let author = Author(account: account.name, address: scope.client(of: request).address?.text ?? "")
        return Administration(site: access.site, editor: logins.accounts.editor(by: author))
    }

    /// The permission to add an element to a site, as `administering`, and the element.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - scope: The scope of the request.
    ///   - reader: The reader of its body, which is not read for whoever may add nothing.
    /// - Returns: The permission for the site that the element or the query names, and the element.
    /// - Throws: A `Rejection`, a `Problem` or a `RegistryFailure`
    func adding<Document: SiteDocument>(
        _ request: Request,
        _ scope: RequestScope,
        _ reader: BodyReader
    ) async throws -> (admin: Administration, document: Document) {
        let named = try SiteName(query: request)
        _ = try await administering(request, scope, named)
        let document = try Document(SiteDocumentMembers(try await reader.document(of: request), Document.self))
        return (try await administering(request, scope, document.site ?? named), document)
    }
}

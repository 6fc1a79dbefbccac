import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry
import Web

/// A request for a page, after the check of what it needs.
struct PageRequest: Sendable {
    let request: Request
    let scope: RequestScope
    /// The fields of the form; empty for a GET.
    let form: PageForm
    /// The fields of the query.
    let query: PageForm
    /// The login; nil for nobody, and one without its second factor.
    let login: Login?
    /// The secret of the login, with or without its second factor.
    let secret: SecretText?
    /// The site that the path names.
    let site: Site?
    /// The organisation that the path names.
    let organisation: String?

    /// The account that is logged in.
    ///
    /// - Throws: A `Problem` for nobody, which the need of the page rules out.
    var account: Account {
        get throws(Problem) { try ownLogin.account }
    }

    /// The login.
    ///
    /// - Throws: A `Problem` for nobody, which the need of the page rules out.
    var ownLogin: Login {
        get throws(Problem) {
            guard let login else { throw Problem(.unauthorized, "nobody is logged in") }
            return login
        }
    }

    /// The site that the path names.
    ///
    /// - Throws: A `Problem` without one, which the need of the page rules out.
    var ownSite: Site {
        get throws(Problem) {
            guard let site else { throw Problem(.notFound, "there is no such site") }
            return site
        }
    }

    /// The organisation that the path names.
    ///
    /// - Throws: A `Problem` without one, which the need of the page rules out.
    var ownOrganisation: String {
        get throws(Problem) {
            guard let organisation else { throw Problem(.notFound, "there is no such organisation") }
            return organisation
        }
    }

    /// The client, for logins and the audit log.
    var client: LoginClient {
        let address = scope.client(of: request).address
        return LoginClient(
            agent: request.headers[.userAgent] ?? "",
            address: address?.text ?? "",
            addressKey: address.map { "address \($0.prefix.bytes)" } ?? ""
        )
    }

    /// The maker of the changes that the request asks for.
    var author: Author { Author(account: login?.account.name ?? "", address: client.address) }
}

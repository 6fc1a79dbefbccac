import Analytics
import Registry

extension PageRequest {
    /// The permission of whoever reads about the site that the path names: of an account with a role, or of everybody.
    ///
    /// - Throws: A `Problem` without a site, which the need of the page rules out.
    var reader: Access {
        get throws {
            let (site, account) = (try ownSite, login?.account)
            let isMember = account?.may(.viewer, in: site.organisation) == true
            return Access(site: site, key: nil, account: isMember ? account : nil)
        }
    }
}

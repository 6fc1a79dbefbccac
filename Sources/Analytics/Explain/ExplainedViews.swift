/// The documented views that the SQL of a query reads.
package enum ExplainedViews: Sendable {
    /// Those of all sites, for whoever may take the role `hourglass_read`.
    case ofAllSites
    /// Those of one site, which are named without a schema in people's own questions.
    case ofOneSite

    /// The name of a view.
    func name(_ view: String) -> String {
        switch self {
        case .ofAllSites: "hourglass_read.\(view)"
        case .ofOneSite: view
        }
    }

    /// The visitor of a hit `hit`, who is the user that they are known to be.
    var visitor: String {
        switch self {
        case .ofAllSites: "coalesce(alias.user_visitor, hit.visitor)"
        case .ofOneSite: "hit.visitor"
        }
    }

    /// The join that finds the user of a visitor; nil where the hits have it.
    var joinOfUsers: String? {
        switch self {
        case .ofAllSites:
            "LEFT JOIN hourglass_read.alias ON alias.site_id = hit.site_id AND alias.visitor = hit.visitor"
        case .ofOneSite: nil
        }
    }
}

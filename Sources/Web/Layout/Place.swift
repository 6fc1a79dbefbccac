package import Analytics

/// The part of the navigation that a page belongs to.
package enum Place: Sendable, Hashable {
    /// A page with one card and no navigation, such as the one to log in on.
    case alone
    /// A card without navigation, in a frame of a page of another site.
    case frame
    /// A page of the account or of the whole server.
    case general
    /// A page of a site.
    case site(SiteName, SiteArea)

    /// The class of the element `main`.
    var width: String {
        switch self {
        case .alone: "alone"
        case .frame: "framed"
        case .general, .site: "wide"
        }
    }
}

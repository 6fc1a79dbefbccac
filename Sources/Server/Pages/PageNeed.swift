package import Analytics

/// The permission that a page needs: the table of pages and roles is made of these.
package enum PageNeed: Sendable, Equatable {
    /// Nothing: whoever has the address.
    case nothing
    /// An account that is logged in.
    case account
    /// A role in the organisation of the site that the path names.
    case site(Role)
    /// A role in the organisation that the path names.
    case organisation(Role)
    /// An operator.
    case `operator`
}

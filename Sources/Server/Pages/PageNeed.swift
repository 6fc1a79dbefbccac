package import Analytics
import HTTPTypes

/// The permission that a page needs: the table of pages and roles is made of these.
package enum PageNeed: Sendable, Equatable {
    /// Nothing: whoever has the address.
    case nothing
    /// An account that is logged in.
    case account
    /// The role of a viewer in the organisation of the site that the path names, or nothing if everybody may see it.
    case readers
    /// A role in the organisation of the site that the path names.
    case site(Role)
    /// An operator, about the site that the path names.
    case siteOperator
    /// A role in the organisation that the path names.
    case organisation(Role)
    /// An operator.
    case `operator`

    /// A page, and what it needs.
    package struct Entry: Sendable {
        package let path: String
        /// The permission to see it; nil for a path that only takes a form.
        package let seeing: PageNeed?
        /// The permission to send its forms; nil without any.
        package let sending: PageNeed?

        init(_ page: PageRoute) {
            path = page.path
            seeing = page.get == nil ? nil : page.need(for: .get)
            sending = page.post == nil ? nil : page.need(for: .post)
        }
    }
}

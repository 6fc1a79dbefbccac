/// A visit with the texts that it shows.
package struct VisitSummary: Hashable, Sendable {
    /// A page, as the hit that viewed it has it.
    package struct Page: Hashable, Sendable {
        package let host: String?
        package let path: String?

        package init(host: String?, path: String?) { (self.host, self.path) = (host, path) }
    }

    package let visitor: Visitor
    package let start: Timestamp
    /// The time from the first to the last hit other than engagement, in milliseconds.
    package var duration = 0
    /// The first and the last page view; nil without any.
    package var entry: Page?
    package var exit: Page?
    package var pageviews = 0
    package var events = 0
    package var isBounce = false
    /// Those of the first hit.
    package var origin: Origin?
    package var place: Place?
    package var agent: Agent?

    package init(of visitor: Visitor, from start: Timestamp) { (self.visitor, self.start) = (visitor, start) }

    /// The key of the visit among those of its site.
    package var key: VisitKey { VisitKey(start: start, visitor: visitor) }
}

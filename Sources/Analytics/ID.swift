/// The number by which the database knows a thing of one kind; an `ID<Site>` is no `ID` of anything else.
package struct ID<Of>: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int32

    package init(rawValue: Int32) { self.rawValue = rawValue }
}

/// Something whose events are counted: a website or an app.
package enum Site {
    /// The site that `/analytics` writes to and asks about.
    package static let standard = SiteID(rawValue: 1)
}

package typealias SiteID = ID<Site>

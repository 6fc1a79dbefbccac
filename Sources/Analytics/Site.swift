/// Something whose events are counted: a website or an app.
package enum Site {
    /// The site that `/analytics` writes to and asks about.
    package static let standard = SiteID(rawValue: 1)
}

package typealias SiteID = ID<Site>

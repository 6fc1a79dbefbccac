/// A website or app whose events are counted.
package enum Site {
    /// The site of `/analytics`.
    package static let standard = SiteID(rawValue: 1)
}

package typealias SiteID = ID<Site>

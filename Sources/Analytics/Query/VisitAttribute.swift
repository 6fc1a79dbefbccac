/// An attribute of a visit, which its hits share; the raw value is its name in queries, after `visit:`.
package enum VisitAttribute: String, Hashable, Sendable, CaseIterable {
    case source
    case channel
    case referrer
    case utmSource = "utm_source"
    case utmMedium = "utm_medium"
    case utmCampaign = "utm_campaign"
    case utmContent = "utm_content"
    case utmTerm = "utm_term"
    case country
    case region
    case city
    case browser
    case browserVersion = "browser_version"
    case os
    case osVersion = "os_version"
    case device
    case screen
    case language
    case entryPage = "entry_page"
    case entryPageHostname = "entry_page_hostname"
    case exitPage = "exit_page"
    case exitPageHostname = "exit_page_hostname"

    /// True for the pages of a visit, which its single hits do not have.
    package var isPage: Bool {
        switch self {
        case .entryPage, .entryPageHostname, .exitPage, .exitPageHostname: true
        default: false
        }
    }
}

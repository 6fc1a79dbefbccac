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
    /// The English name of the country.
    case countryName = "country_name"
    case region
    /// The same as the region, whose name is kept.
    case regionName = "region_name"
    case city
    /// The same as the city.
    case cityName = "city_name"
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
    /// The name of the user whom the visitor is known to be.
    case user

    /// True for the pages of a visit, which its single hits do not have.
    package var isPage: Bool {
        switch self {
        case .entryPage, .entryPageHostname, .exitPage, .exitPageHostname: true
        default: false
        }
    }
}

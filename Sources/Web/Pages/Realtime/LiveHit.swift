package import Analytics

/// A hit in the list of those that come.
package struct LiveHit: Sendable {
    let time: Timestamp
    /// The name of the event, such as `pageview`.
    let name: String
    let page: String
    let source: String
    /// The code of the country (ISO 3166-1).
    let country: String
    let browser: String

    /// - Parameters:
    ///   - time: The time.
    ///   - name: The name of the event.
    ///   - page: The path of the page.
    ///   - source: The source of the visit.
    ///   - country: The code of the country.
    ///   - browser: The browser.
    package init(time: Timestamp, name: String, page: String, source: String, country: String, browser: String) {
        self.time = time
        self.name = name
        self.page = page
        self.source = source
        self.country = country
        self.browser = browser
    }

    /// The names of the values after the time, which those of the stream have too.
    static let columns = ["name", "path", "source", "country", "browser"]

    var cells: [HTML] {
        let texts: [HTML] = [name, page, source, CountryNames.name(of: country) ?? country, browser].map(HTML.name)
        return [ClockTime(time).html] + texts
    }
}

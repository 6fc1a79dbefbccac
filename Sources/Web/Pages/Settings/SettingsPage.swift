package import Analytics

/// A page of the settings of a site.
package protocol SettingsPage: Page {
    var site: SiteName { get }
    var section: SettingsSection { get }
}

extension SettingsPage {
    package var title: String { "\(section.title) · \(site.text)" }
    package var place: Place { .site(site, .settings) }

    /// The address of the page, to which its forms are sent.
    func address(_ links: Links) -> Link { links.settings(site, section) }
}

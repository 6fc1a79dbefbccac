package import Analytics

/// The accounts that may see a site, by their roles in its organisation.
package struct SiteMembersPage: SettingsPage {
    package let site: SiteName
    let organisation: String
    let rows: [MemberRow]

    /// - Parameters:
    ///   - site: The site.
    ///   - organisation: The name of its organisation.
    ///   - rows: The members of the organisation.
    package init(site: SiteName, organisation: String, rows: [MemberRow]) {
        self.site = site
        self.organisation = organisation
        self.rows = rows
    }

    package var section: SettingsSection { .members }

    package func content(_ links: Links) -> HTML {
        let table = Table(
            "Members",
            columns: [Table.Column("Account"), Table.Column("Role"), Table.Column("May")],
            rows: rows.map { [$0.identity, Badge($0.role).html, "\(RoleName($0.role).meaning)"] }
        )
        return SettingsLayout(
            site: site,
            section: section,
            links: links,
            text: "The members of the organisation \(HTML.name(organisation)), to which the site belongs.",
            content: """
                \(Card(content: table.html))
                <p>\(LinkButton("Manage members", links.organisation(organisation), .secondary))</p>
                """
        ).html
    }
}

/// An organisation in the list of all that the reader may see.
package struct OrganisationRow: Sendable {
    let name: String
    /// The name for people; empty for `name`.
    let title: String
    let role: String
    let sites: Int

    /// - Parameters:
    ///   - name: The name.
    ///   - title: The name for people; empty for `name`.
    ///   - role: The role of the reader.
    ///   - sites: The number of its sites.
    package init(name: String, title: String, role: String, sites: Int) {
        self.name = name
        self.title = title
        self.role = role
        self.sites = sites
    }
}

/// A saved filter in the menu of a dashboard.
package struct DashboardSegment: Sendable {
    let id: Int32
    let name: String
    /// True for one that the reader alone sees.
    let isPersonal: Bool

    /// - Parameters:
    ///   - id: The number by which addresses name it.
    ///   - name: The name.
    ///   - isPersonal: True for one that the reader alone sees.
    package init(id: Int32, name: String, isPersonal: Bool) {
        self.id = id
        self.name = name
        self.isPersonal = isPersonal
    }
}

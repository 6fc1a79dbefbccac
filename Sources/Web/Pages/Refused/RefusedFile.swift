/// The rows of the page of refused hits that there are as a file.
package enum RefusedFile: Sendable, CaseIterable {
    /// The numbers by hour and reason.
    case counts
    /// The last hits.
    case last

    /// The name of the file below the site, without its ending.
    package var name: String {
        switch self {
        case .counts: "refused"
        case .last: "refused-last"
        }
    }
}

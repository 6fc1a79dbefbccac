/// The thing that a row of a page is about, which Enter opens.
enum RowTarget: Equatable, Sendable {
    /// A filter of the lists of the site, as it is typed.
    case filter(String)
    /// A minute of the site, by its start.
    case minute(String)
    /// A reason for which input was refused.
    case reason(String)
    /// A task in the background.
    case task(String)
    /// A thing about which no more is known; it can be found.
    case fact
}

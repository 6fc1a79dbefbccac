/// The orders for the tasks that read.
struct Orders: Equatable, Sendable {
    /// The time between two readings of the server.
    var interval: Duration
    /// The place of the site that is watched.
    var site = 0
    var question = SiteQuestion()
    var span = HourSpan.hour
    /// The page that is shown, of which some need answers of their own.
    var page = Dashboard.Page.server
}

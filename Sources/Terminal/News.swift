/// The news that the dashboard is drawn after.
enum News: Sendable {
    case key(Key)
    case reading(ServerReading)
    case trouble(String)
    case live(LiveMessage, site: Int)
    case answer(SiteAnswer, site: Int)
    case hours(HourAnswer, site: Int)
    case refusals(RefusalAnswer, site: Int)
    /// The window has another size.
    case resized
    /// The process goes on after it was stopped.
    case continued
    /// A signal ends the process, or the terminal is gone.
    case ended
}

import Analytics
import Testing

@testable import Web

struct TopBarTests {
    /// The navigation of a site has the areas that the role of the reader opens.
    @Test(arguments: [
        (nil, ["Dashboard", "Journeys"]),
        (Role.viewer, ["Dashboard", "Hour", "Realtime", "Visits", "Journeys", "SQL"]),
        (.member, SiteArea.allCases.map(\.title)), (.owner, SiteArea.allCases.map(\.title)),
    ])
    func theNavigationIsForTheRole(role: Role?, titles: [String]) throws {
        var frame = Frame(links: Links(), version: "1")
        frame.role = role
        let bar = TopBar(frame: frame, place: .site(try Sample.siteName(), .dashboard)).html.text
        let shown = SiteArea.allCases.map(\.title).filter { bar.contains(">\($0)</a>") }
        #expect(shown == titles)
    }
}

/// The list of the keys.
enum HelpPage {
    private static let keys = [
        ("1  2  Tab", "the server, the site, the other one"),
        ("s", "the next site, with several of --site"),
        ("p", "pause, and go on"),
        ("+  -", "read more often, less often: every 0.25 to 10 seconds"),
        ("up  down  PgUp  PgDn  Home", "scroll"),
        ("Ctrl-L", "draw the screen anew"),
        ("Ctrl-Z", "stop; `fg` goes on"),
        ("?", "these keys"),
        ("Esc", "back"),
        ("q  Ctrl-C", "quit"),
    ]

    static var section: Section {
        Section(
            title: "keys",
            lines: keys.map { key, meaning in
                [Section.Piece(text: key.fitted(28), tone: .strong), Section.Piece(text: meaning)]
            }
        )
    }
}

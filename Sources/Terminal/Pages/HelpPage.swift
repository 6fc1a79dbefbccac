/// The list of the keys.
enum HelpPage {
    private static let keys = [
        ("1  2  Tab", "the server, the site, the other one"),
        ("s", "the next site, with several of --site"),
        ("/", "filter the lists of the site: country==DE,FR, page=@blog, several with &"),
        ("t", "the period of the lists: today, 7 days, 30 days, 12 months"),
        ("x", "compare the totals with the period before"),
        ("o  r", "order lists by name or by figure, reverse the order"),
        ("w", "write the page as CSV to a new file in this directory"),
        ("z", "other colours, or none"),
        ("p", "pause, and go on"),
        ("+  -", "read more often, less often: every 0.25 to 10 seconds"),
        ("up  down  PgUp  PgDn", "scroll"),
        ("g  Home  G  End", "to the start, to the end"),
        ("Ctrl-L", "draw the screen anew"),
        ("Ctrl-Z", "stop; `fg` goes on"),
        ("?  h", "these keys"),
        ("Esc", "leave the filter, and then the page"),
        ("q  Ctrl-C", "quit"),
    ]

    static var section: Section {
        Section(
            title: "keys",
            lines: keys.map { key, meaning in
                [Section.Piece(text: key.fitted(24), tone: .strong), Section.Piece(text: meaning)]
            }
        )
    }
}

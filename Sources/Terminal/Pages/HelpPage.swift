/// The list of the keys.
enum HelpPage {
    private static let keys = [
        ("1  2  3", "overview, traffic of the site, its hours"),
        ("4  5  6", "store and upkeep, machine, what was refused"),
        ("Tab", "the next page"),
        ("s", "the next site, with several of --site"),
        ("/", "filter the lists of the site: country==DE,FR, page=@blog, several with &; find elsewhere"),
        ("n", "the next row that has the text"),
        ("up  down", "choose a row, or scroll on a page without rows"),
        ("PgUp  PgDn", "scroll"),
        ("Enter", "open the row: filter by a value, hits of a minute, remedy, purpose of a task"),
        ("t", "the period of the lists: today, 7 days, 30 days, 12 months; the time of the hours"),
        ("x", "compare the totals with the period before"),
        ("o  r", "order lists by name or by figure, reverse the order"),
        ("w", "write the page as CSV to a new file in this directory"),
        ("z", "other colours, or none"),
        ("p", "pause, and go on"),
        ("+  -", "read more often, less often: every 0.25 to 10 seconds"),
        ("g  Home  G  End", "to the start, to the end"),
        ("Ctrl-L", "draw the screen anew"),
        ("Ctrl-Z", "stop; `fg` goes on"),
        ("?  h", "these keys"),
        ("Esc", "leave what is open, the choice, the filter, and then the page"),
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

#if DEBUG
    /// The list of all stories.
    struct StoryIndex: Page {
        var title: String { "Stories" }
        var place: Place { .general }

        static let story = Story("index", [Story.State("all") { _ in StoryIndex() }])

        func content(_ links: Links) -> HTML {
            let table = Table(
                "Stories",
                columns: [Table.Column("Story"), Table.Column("States")],
                rows: Story.all.map { story in
                    let states: [HTML] = story.states.map { state in
                        "<a href=\"\(links.path("dev", story.name, state.name))\">\(state.name)</a> "
                    }
                    return ["\(story.name)", "\(states)"]
                }
            )
            return "\(PageHead("Stories"))<section class=\"card\">\(table)</section>"
        }
    }
#endif

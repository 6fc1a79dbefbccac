/// The sections about what a server stores, and about the upkeep of its database.
struct StorePage {
    let server: ServerPage

    private var figures: Figures { server.figures }

    /// The sections for the left and for the right.
    var sections: Sections {
        ([server.events, server.commits, queue, commits], [server.storage, numbers, server.tasks] + server.notes)
    }

    private var queue: Section {
        Section(
            title: "events in the queue",
            value: FigureText.number(figures.queue?.used),
            chart: server.histories.queue.values,
            lines: [
                server.fill("bodies", figures.bodies, FigureText.bytes)
            ]
        )
    }

    private var commits: Section {
        Section(
            title: "commit time, p99",
            value: FigureText.time(figures.commitTimes?.p99),
            chart: server.histories.commits.values,
            lines: []
        )
    }

    /// The numbers of rare events since the start of the process.
    private var numbers: Section {
        Section(
            title: "since its start",
            lines: [
                .figures(
                    ("batches sent again", FigureText.number(figures.batchesResent)),
                    ("requests repeated", FigureText.number(figures.requestsReplayed))
                ),
                .figures(
                    ("refused by the database", FigureText.number(figures.refusedByDatabase)),
                    ("no room in the spool", FigureText.number(figures.refusedBySpool))
                ),
            ]
        )
    }

    /// The purpose of a task in the background, and its state.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - width: The columns of a line.
    /// - Returns: The section.
    func section(about name: String, width: Int) -> Section {
        let task = figures.tasks.first { $0.name == name }
        let age = task?.age.map { "last success \(FigureText.age($0)) ago" } ?? "no success yet"
        let failures = task.map { "\(FigureText.number($0.failures)) failures since its start" } ?? ""
        let lines = Self.purpose(of: name).wrapped(width).map { [Section.Piece(text: $0)] }
        return Section(title: name, value: age, lines: lines + [[Section.Piece(text: failures, tone: .faint)]])
    }

    private static func purpose(of task: String) -> String {
        switch task {
        case "maintenance":
            """
            Counts closed hours and days, builds the parts of reports, makes and drops partitions, compresses, and \
            forgets what retention does not keep. One server of all does it at a time.
            """
        case "jobs": "Works through what was asked for and takes long: forgetting users, emptying and removing sites."
        case "following": "Reads what other servers store, so that answers from memory include it."
        case "watching": "Asks the database whether it can be written, and ends calls that have stalled."
        case "registry": "Follows the changes of sites, keys, links and accounts."
        case "delivery": "Stores what waits in the spool."
        default: "A task in the background."
        }
    }
}

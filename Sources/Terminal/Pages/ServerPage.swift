/// The sections about a server.
struct ServerPage {
    let figures: Figures
    let histories: ServerHistories
    let look: Look
    var order = ViewOrder()

    /// The sections for the left and for the right.
    var sections: (left: [Section], right: [Section]) {
        var tasks = tasks
        // The arrows scroll here.
        tasks.targets = []
        return ([requests, events, commits], [machine, storage, tasks] + notes)
    }

    var requests: Section {
        let classes = (figures.requests ?? [:]).sorted { $0.key < $1.key }
        var line: Section.Line = []
        for (digit, rate) in classes {
            let tone: Tone = digit == "5" && rate > 0 ? .bad : digit == "4" && rate > 0 ? .warning : .normal
            line.append(Section.Piece(text: "\(digit)xx ", tone: .faint))
            line.append(Section.Piece(text: "\(FigureText.number(rate))   ", tone: tone))
        }
        return Section(
            title: "requests/s",
            value: FigureText.number(figures.allRequests),
            chart: histories.requests.values,
            lines: [line, Self.times("answered in", figures.requestTimes)]
        )
    }

    var events: Section {
        Section(
            title: "stored/s",
            value: FigureText.number(Self.sum(figures.events, figures.hits)),
            chart: histories.stored.values,
            lines: [
                .figures(
                    ("events", FigureText.number(figures.events)),
                    ("hits", FigureText.number(figures.hits)),
                    ("rejected", FigureText.number(figures.rejected)),
                    ("streams", FigureText.number(figures.streams))
                )
            ]
        )
    }

    var commits: Section {
        var lines: [Section.Line] = [
            fill("queue", figures.queue, FigureText.number),
            .figures(
                ("batches/s", FigureText.number(figures.batches)),
                ("events each", FigureText.number(figures.batchEvents))
            ),
            Self.times("committed in", figures.commitTimes),
        ]
        if let spool = figures.spool {
            lines.append(fill("spool", spool, FigureText.bytes))
            if let age = figures.spoolAge, age > 0 {
                lines.append([Section.Piece(text: "waiting in the spool for \(FigureText.age(age))", tone: .warning)])
            }
        }
        if let aside = figures.setAside, aside > 0 {
            lines.append([Section.Piece(text: "\(FigureText.number(aside)) events are set aside", tone: .bad)])
        }
        return Section(title: "queue and commits", value: FigureText.share(figures.queue?.share), lines: lines)
    }

    var machine: Section {
        let load = figures.load.map { $0.map(FigureText.number).joined(separator: "  ") } ?? FigureText.none
        var lines: [Section.Line] = [
            .figures(
                ("process", FigureText.bytes(figures.memory)),
                ("load", load),
                ("processors", FigureText.number(figures.processors))
            )
        ]
        if let files = figures.files { lines.append(fill("files", files, FigureText.number)) }
        if let memory = figures.machineMemory { lines.append(fill("memory", memory, FigureText.bytes)) }
        for disk in figures.disks { lines.append(fill("disk", disk.fill, FigureText.bytes, " \(disk.path)")) }
        return Section(
            title: "machine, CPU",
            value: FigureText.share(figures.cpu),
            chart: histories.cpu.values,
            lines: lines
        )
    }

    var storage: Section {
        Section(
            title: "database",
            value: FigureText.bytes(figures.database),
            lines: [
                .figures(
                    ("parts in memory", FigureText.number(figures.parts)),
                    ("of", FigureText.bytes(figures.partMemory)),
                    ("questions waiting", FigureText.number(figures.waitingQuestions))
                ),
                Self.times("parts scanned in", figures.scanTimes),
            ]
        )
    }

    var tasks: Section {
        // One that never succeeded has waited longest.
        let tasks = order.sorted(figures.tasks, name: \.name, figure: { $0.age ?? .infinity })
        let lines = tasks.map { task -> Section.Line in
            let failed = task.failures > 0 ? "\(FigureText.number(task.failures)) failures" : ""
            return [
                Section.Piece(text: task.name.fitted(16), tone: .faint),
                Section.Piece(text: (task.age.map { "\(FigureText.age($0)) ago" } ?? "not yet").fitted(18)),
                Section.Piece(text: failed, tone: .warning),
            ]
        }
        return Section(
            title: "tasks in the background, last success",
            lines: lines,
            targets: tasks.map { .task($0.name) }
        )
    }

    /// The checks that fail or have something to tell; no section without one.
    var notes: [Section] {
        guard !figures.notes.isEmpty else { return [] }
        let lines = figures.notes.sorted { $0.key < $1.key }.map { name, text in
            [Section.Piece(text: "\(name): ", tone: .bad), Section.Piece(text: text)]
        }
        return [Section(title: "checks", lines: lines)]
    }

    func fill(
        _ name: String,
        _ fill: Figures.Fill?,
        _ text: (Double?) -> String,
        _ rest: String = ""
    ) -> Section.Line {
        guard let fill else { return .figures((name, FigureText.none)) }
        let tone: Tone = fill.share >= 0.9 ? .bad : fill.share >= 0.75 ? .warning : .good
        return [
            Section.Piece(text: name.fitted(8), tone: .faint),
            Section.Piece(text: look.bar(fill.share, 10), tone: tone),
            Section.Piece(text: " \(FigureText.share(fill.share).fitted(6, isRight: true))  "),
            Section.Piece(text: "\(text(fill.used)) of \(text(fill.limit))"),
            Section.Piece(text: rest, tone: .faint),
        ]
    }

    static func times(_ name: String, _ times: Figures.Times?) -> Section.Line {
        [Section.Piece(text: "\(name)   ", tone: .faint)]
            + .figures(
                ("p50", FigureText.time(times?.p50)),
                ("p95", FigureText.time(times?.p95)),
                ("p99", FigureText.time(times?.p99))
            )
    }

    private static func sum(_ one: Double?, _ other: Double?) -> Double? {
        one == nil && other == nil ? nil : (one ?? 0) + (other ?? 0)
    }
}

/// The sections about the machine of a server.
struct MachinePage {
    /// The most processes that are shown.
    private static let mostProcesses = 40

    let server: ServerPage

    private var figures: Figures { server.figures }

    /// The sections for the left and for the right.
    var sections: Sections { ([server.machine] + cores, network + [processes]) }

    /// The processors; no section before a second reading.
    private var cores: [Section] {
        guard !figures.cores.isEmpty else { return [] }
        let lines = figures.cores.map { core -> Section.Line in
            let tone: Tone = core.busy >= 0.9 ? .bad : core.busy >= 0.75 ? .warning : .good
            return [
                Section.Piece(text: "cpu\(core.name)".fitted(8), tone: .faint),
                Section.Piece(text: server.look.bar(core.busy, 20), tone: tone),
                Section.Piece(text: " \(FigureText.share(core.busy).fitted(6, isRight: true))"),
            ]
        }
        let mean = figures.cores.reduce(0) { $0 + $1.busy } / Double(figures.cores.count)
        return [Section(title: "processors", value: FigureText.share(mean), lines: lines)]
    }

    /// The networks; no section for a server on another machine.
    private var network: [Section] {
        guard let network = figures.network else { return [] }
        return [
            Section(
                title: "network, bytes/s",
                value: FigureText.bytes(network.received + network.sent),
                chart: server.histories.network.values,
                lines: [
                    .figures(
                        ("received", FigureText.bytes(network.received)),
                        ("sent", FigureText.bytes(network.sent))
                    )
                ]
            )
        ]
    }

    private var processes: Section {
        let sorted = server.order.sorted(figures.processes, name: \.title, figure: { $0.cpu ?? 0 })
        let shown = sorted.prefix(Self.mostProcesses)
        let lines = shown.map { process -> Section.Line in
            [
                Section.Piece(text: "\(process.id)".fitted(8), tone: .faint),
                Section.Piece(text: FigureText.share(process.cpu).fitted(7, isRight: true) + " "),
                Section.Piece(text: FigureText.bytes(process.memory).fitted(8, isRight: true) + "  "),
                Section.Piece(text: process.title.shown),
                Section.Piece(
                    text: process.threads > 1 ? "  \(FigureText.number(process.threads)) threads" : "",
                    tone: .faint
                ),
            ]
        }
        let memory = figures.processes.reduce(0) { $0 + $1.memory }
        let none = "of a server on this machine alone"
        return Section(
            title: "processes of the server and of PostgreSQL",
            value: shown.isEmpty ? none : "\(figures.processes.count), \(FigureText.bytes(memory))",
            lines: lines,
            targets: shown.map { _ in .fact }
        )
    }
}

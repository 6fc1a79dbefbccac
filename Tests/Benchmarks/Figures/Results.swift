import FoundationEssentials
import SystemPackage

/// The results of a run.
struct Results: Sendable, Codable {
    private static let explanation =
        "ratio: how many times better hourglass is, in requests/s or events/s or else p50, each round by itself"

    let machine: Machine
    let rounds: Int
    let seconds: Int
    /// True for a trial run with few events.
    let isQuick: Bool
    let summaries: [Summary]
    let measurements: [Measurement]
    let failures: [String]

    init(machine: Machine, plan: Plan, notebook: Notebook) async {
        self.machine = machine
        rounds = plan.rounds
        seconds = plan.seconds
        isQuick = plan.isQuick
        measurements = await notebook.measurements
        failures = await notebook.failures
        summaries = Summary.all(measurements)
    }

    func text(_ style: Table.Style) -> String {
        let bullet = style == .markdown ? "- " : ""
        let trial = isQuick ? ["only a trial: these figures mean nothing"] : []
        let size = "\(rounds) rounds of \(seconds) s; median (least–greatest)"
        let head = machine.lines + [size, Self.explanation] + trial
        let ends = failures.map { "WRONG: \($0)" }
        let parts = [head.map { bullet + $0 }.joined(separator: "\n")] + tables.map { $0.text(style) }
        return (parts + (ends.isEmpty ? [] : [ends.map { bullet + $0 }.joined(separator: "\n")]))
            .joined(separator: "\n\n")
    }

    /// Writes the results as JSON, and as Markdown in a second file beside it.
    func write(to path: FilePath) throws {
        let directory = path.removingLastComponent()
        if !directory.isEmpty {
            try FileManager.default.createDirectory(atPath: directory.string, withIntermediateDirectories: true)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(self).write(to: URL(filePath: path.string))
        var markdown = path
        markdown.extension = "md"
        try Data((text(.markdown) + "\n").utf8).write(to: URL(filePath: markdown.string))
        print("\nwritten to \(path) and \(markdown)")
    }

    private var tables: [Table] {
        summaries.grouped(by: \.title).map { group in
            Table(title: group[0].title, group.grouped(by: \.situation).flatMap(\.self))
        }
    }
}

extension [Summary] {
    /// The groups of equal values, in the order of their first members.
    fileprivate func grouped(by name: KeyPath<Summary, String>) -> [[Summary]] {
        var groups: [[Summary]] = []
        for summary in self {
            let index = groups.firstIndex { $0[0][keyPath: name] == summary[keyPath: name] }
            if let index { groups[index].append(summary) } else { groups.append([summary]) }
        }
        return groups
    }
}

extension Summary {
    fileprivate var title: String { "\(section.rawValue), \(flavour)" }
}

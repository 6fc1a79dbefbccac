import HTTP
import Schema

extension MigrationPlan {
    /// The plan in lines for people.
    var text: String {
        guard !steps.isEmpty || !files.isEmpty else { return "flavour \(flavour.rawValue): nothing to do" }
        var lines = ["flavour \(flavour.rawValue):"]
        for step in steps {
            lines.append("  \(step.title)\(step.tasks.isEmpty ? "" : ", while servers store events and answer:")")
            lines += step.tasks.map { "    \($0.text)" }
        }
        if !files.isEmpty { lines.append("  functions and views: \(files.joined(separator: ", "))") }
        lines.append(estimate == .zero ? "a matter of seconds" : "roughly \(estimate.text) in all")
        return lines.joined(separator: "\n")
    }

    /// The plan as an object: the steps with their tasks and sizes, the files, and the estimate in seconds.
    var json: JSON {
        .object([
            "flavour": .text(flavour.rawValue),
            "steps": .array(
                steps.map { step in
                    .object(["title": .text(step.title), "tasks": .array(step.tasks.map(\.json))])
                }
            ),
            "files": .array(files.map(JSON.text)),
            "seconds": .number(Int(clamping: estimate.components.seconds)),
        ])
    }
}

extension OnlineTask {
    fileprivate var json: JSON {
        .object([
            "label": .text(label), "bytes": .number(bytes),
            "seconds": .number(Int(clamping: estimate.components.seconds)),
        ])
    }

    fileprivate var text: String {
        bytes == 0 ? label : "\(label): \((bytes + 999_999) / 1_000_000) MB, roughly \(estimate.text)"
    }
}

extension Duration {
    /// The time in seconds, or in minutes from two on.
    fileprivate var text: String {
        let seconds = components.seconds
        return seconds < 120 ? "\(seconds) s" : "\((seconds + 59) / 60) min"
    }
}

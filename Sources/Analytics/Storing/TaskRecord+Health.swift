extension Check {
    /// The time of failure after which a task is mentioned.
    private static let longFailure: Duration = .seconds(60)

    /// The check of tasks in the background.
    ///
    /// Requests are served without them, though perhaps more slowly, so a task that fails is a remark and no obstacle.
    package init(tasks: [TaskRecord]) {
        let failing = tasks.compactMap { task in
            task.failingTime.flatMap {
                $0 < Self.longFailure ? nil : "\(task.name) has failed for \($0.components.seconds) s"
            }
        }
        self.init("tasks", .minor, remark: failing.isEmpty ? nil : failing.joined(separator: "; "))
    }
}

extension TaskRecord {
    /// The metrics by which an operator sees that the task has stopped.
    package var measurements: [Measurement] {
        let labels = [(name: "task", value: name)]
        return [
            Measurement(
                "hourglass_task_last_success_timestamp_seconds",
                "Time at which a task in the background last succeeded; 0 before the first time.",
                labels: labels,
                value: Double(lastSuccess?.milliseconds ?? 0) / 1000
            ),
            Measurement(
                "hourglass_task_failures_total",
                "Times that a task in the background has failed.",
                .counter,
                labels: labels,
                value: Double(failures)
            ),
        ]
    }
}

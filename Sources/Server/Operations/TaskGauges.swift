import Analytics
import HTTP

/// The metrics of the tasks in the background, by which an operator sees that one has stopped.
enum TaskGauges {
    static func read(_ tasks: [TaskRecord]) -> [GaugeFamily] {
        [
            GaugeFamily(
                name: "hourglass_task_last_success_timestamp_seconds",
                help: "Time at which a task in the background last succeeded; 0 before the first time.",
                values: tasks.map { task in
                    ([("task", task.name)], Double(task.lastSuccess?.milliseconds ?? 0) / 1000)
                }
            ),
            GaugeFamily(
                name: "hourglass_task_failures_total",
                help: "Times that a task in the background has failed.",
                type: "counter",
                values: tasks.map { ([("task", $0.name)], Double($0.failures)) }
            ),
        ]
    }
}

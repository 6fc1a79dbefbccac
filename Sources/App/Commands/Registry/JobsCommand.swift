import Analytics
import ArgumentParser
import HTTP
import Registry

/// Lists the jobs.
struct JobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs",
        abstract: "List the tasks that take longer than a request, the latest first."
    )

    @Option(help: "The most jobs to list.")
    var limit = 50

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        guard limit > 0 else { throw CommandFailure("--limit is not 1 or more") }
        let limit = limit
        let jobs = try await registry.use { try await $0.jobs(limit: limit) }
        registry.show(jobs, json: \.json, ["ID", "KIND", "SITE", "STATE", "DONE", "ADDED", "ENDED", "ERROR"]) { job in
            [
                "\(job.id)", job.kind, job.site ?? "", job.state, "\(Int(job.progress * 100)) %", job.created.text,
                job.ended?.text ?? "", job.error ?? "",
            ]
        }
    }
}

extension Job {
    fileprivate var json: JSON {
        .object([
            "id": .number(id), "kind": .text(kind), "site": site.map(JSON.text), "state": .text(state),
            "progress": .real(progress), "error": error.map(JSON.text), "created": .text(created.text),
            "ended": ended.map { .text($0.text) },
        ])
    }
}

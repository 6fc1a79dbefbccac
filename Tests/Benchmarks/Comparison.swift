import ArgumentParser
import FoundationEssentials
import Schema
import Store
import SystemPackage

/// A run of the chosen sections on the chosen flavours.
struct Comparison: Sendable {
    let plan: Plan

    func run() async throws {
        let directory = plan.directory.appending("hourglass-bench-\(ProcessInfo.processInfo.processIdentifier)")
        // If this process runs as root, PostgreSQL runs as another user, which must be able to enter the directory.
        try FileManager.default.createDirectory(
            atPath: directory.string,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755]
        )
        defer {
            // A leftover in the temporary directory does no harm.
            try? FileManager.default.removeItem(atPath: directory.string)
        }
        let notebook = Notebook()
        await notebook.say("looking at this machine")
        let installation = try await Installation.find(in: directory)
        let flavours = try await flavours(installation, notebook)
        let machine = try await Machine(installation)
        await notebook.say(machine.lines.joined(separator: "\n"))
        let session = Session(plan: plan, directory: directory, installation: installation, notebook: notebook)
        try await measure(session, flavours)
        try report(await Results(machine: machine, plan: plan, notebook: notebook))
    }

    /// The chosen flavours that are installed.
    private func flavours(_ installation: Installation, _ notebook: Notebook) async throws -> [Flavour] {
        var flavours = plan.flavours ?? [.postgres, .timescaledb]
        if installation.timescaleDB == nil, flavours.contains(.timescaledb) {
            await notebook.say("TimescaleDB is not installed here: without its figures")
            flavours.removeAll { $0 == .timescaledb }
        }
        guard !flavours.isEmpty else { throw ExitCode.failure }
        return flavours
    }

    private func measure(_ session: Session, _ flavours: [Flavour]) async throws {
        let sections = plan.sections.flatMap { name in flavours.map { session.section(name, $0) } }
        await session.notebook.expect(seconds: sections.map(\.expectedSeconds).reduce(0, +))
        for section in sections { try await section.run() }
    }

    private func report(_ results: Results) throws {
        print(results.text(.plain))
        try results.write(to: plan.results)
        if !results.failures.isEmpty { throw ExitCode.failure }
    }
}

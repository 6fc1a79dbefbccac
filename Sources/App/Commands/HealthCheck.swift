import ArgumentParser
import Assembly
import HTTP
import Terminal

/// Asks a running server whether it is ready, for container health checks.
struct HealthCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "healthcheck",
        abstract: "Exit with 0 if the server on this machine is ready, else with 1."
    )

    /// Less than the time that Docker gives the check.
    private static let silence: Duration = .seconds(5)

    @OptionGroup var server: ServerFlags

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let settings = try Settings(Configured(flags: server.values))
        // Any certificate is taken: no secret is sent, and one that was replaced does not make the server ill.
        guard let endpoint = settings.endpoint(trusting: .any) else {
            throw CommandFailure("a server on any free port cannot be asked: set \(Setting.port.variable)")
        }
        do {
            let answer = try await ServerState.isReady(endpoint, silence: Self.silence)
            show(["ready": .bool(answer.isReady), "answer": .text(answer.line)], answer.line)
            guard answer.isReady else { throw ExitCode.failure }
        } catch let error as TopFailure {
            let text = "no answer from \(endpoint.text): \(error)"
            show(["ready": .bool(false), "error": .text(text)], text)
            throw ExitCode.failure
        }
    }

    private func show(_ members: JSON.Members, _ text: String) {
        print(json ? JSON.object(members).description : text)
    }
}

import FoundationEssentials
import Subprocess
import Support
import Testing

/// A terminal of tmux, on a server of its own.
struct Tmux: Sendable {
    /// True if the program is there: without it the tests that need it are skipped.
    static let isInstalled = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .contains { FileManager.default.isExecutableFile(atPath: "\($0)/tmux") }

    private let socket = "hourglass-\(UUID())"

    /// Runs a shell in a terminal of a size while `body` runs.
    static func with(
        width: Int,
        height: Int,
        _ body: (Tmux) async throws -> Void
    ) async throws {
        let tmux = Tmux()
        try await tmux.run(
            "-f",
            "/dev/null",
            "new-session",
            "-d",
            "-x",
            "\(width)",
            "-y",
            "\(height)",
            "env",
            "-u",
            "NO_COLOR",
            "LC_ALL=C.UTF-8",
            "PS1=prompt> ",
            "sh"
        )
        let result: Result<Void, any Error>
        do { result = .success(try await body(tmux)) } catch { result = .failure(error) }
        try await tmux.run("kill-server")
        try result.get()
    }

    /// Types a line.
    func type(_ line: String) async throws {
        try await run("send-keys", "-l", line)
        try await run("send-keys", "Enter")
    }

    /// Presses keys by their names in tmux.
    func press(_ keys: String...) async throws { try await run(["send-keys"] + keys) }

    func resize(width: Int, height: Int) async throws {
        try await run("resize-window", "-x", "\(width)", "-y", "\(height)")
    }

    /// The lines of the screen, with or without the sequences of colours.
    func screen(hasColours: Bool = false) async throws -> [String] {
        let text = try await run(["capture-pane", "-p"] + (hasColours ? ["-e"] : []))
        return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// Waits until the screen has a text.
    func wait(for text: String) async throws {
        try await wait(for: text) { $0.contains { $0.contains(text) } }
    }

    /// Waits until the shell asks for the next command: what is typed while a program still ends is lost with it.
    func waitForPrompt() async throws {
        try await wait(for: "prompt") { $0.last { !$0.isEmpty } == "prompt>" }
    }

    /// Waits until a condition of the screen is met; if it never is, the screen is told.
    private func wait(for name: String, _ isMet: ([String]) -> Bool) async throws {
        do {
            try await eventually { isMet(try await screen()) }
        } catch {
            Issue.record("no \(name) on\n\(try await screen().joined(separator: "\n"))")
            throw error
        }
    }

    @discardableResult
    private func run(_ arguments: String...) async throws -> String { try await run(arguments) }

    @discardableResult
    private func run(_ arguments: [String]) async throws -> String {
        let result = try await Subprocess.run(
            .name("tmux"),
            arguments: Arguments(["-u", "-L", socket] + arguments),
            output: .string(limit: 1 << 20),
            error: .discarded
        )
        return result.standardOutput
    }
}

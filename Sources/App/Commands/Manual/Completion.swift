import ArgumentParser

/// Prints a script by which a shell completes the command line.
struct Completion: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the script by which a shell completes commands and flags.",
        discussion: """
            bash: hourglass completion bash >/usr/share/bash-completion/completions/hourglass
            zsh: hourglass completion zsh >/usr/share/zsh/vendor-completions/_hourglass
            fish: hourglass completion fish >/usr/share/fish/vendor_completions.d/hourglass.fish
            """
    )

    enum Shell: String, CaseIterable, ExpressibleByArgument {
        case bash, zsh, fish

        var kind: CompletionShell {
            switch self {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        }
    }

    @Argument(help: "The shell.")
    var shell: Shell

    func run() { print(App.completionScript(for: shell.kind)) }
}

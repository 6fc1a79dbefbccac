import ArgumentParser
import Assembly
import Support
import Testing

@testable import App

/// The manual and the completion, which are made from the declarations of the commands.
struct ManualTests {
    /// Every command, with those above it.
    private static func paths(_ tree: CommandTree, after path: [String] = []) -> [[String]] {
        tree.commands.flatMap { [path + [$0.commandName]] + paths($0, after: path + [$0.commandName]) }
    }

    @Test func theManualHasEveryCommandFlagAndSetting() throws {
        let tree = try CommandTree.read(App._dumpHelp())
        let lines = ManualPage(tree).text.split(separator: "\n", omittingEmptySubsequences: false)
        let text = lines.joined(separator: "\n").replacing("\\-", with: "-")
        let paths = Self.paths(tree)
        #expect(paths.count > 40)
        for path in paths { #expect(text.contains(".SS hourglass \(path.joined(separator: " "))"), "\(path)") }
        for setting in Setting.all { #expect(text.contains("\\fB\(setting.variable)"), "\(setting.name)") }
        for flag in ["--public-url <public-url>", "--json", "--hostname <hostname>"] {
            #expect(text.contains("\\fB\(flag)\\fR"), "\(flag)")
        }
        // No text of a declaration is taken for a request.
        let requests: Set = [".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".I"]
        for line in lines where line.hasPrefix(".") || line.hasPrefix("'") {
            #expect(line.split(separator: " ").first.map { requests.contains(String($0)) } == true, "\(line)")
        }
    }

    @Test(arguments: Completion.Shell.allCases)
    func theCompletionKnowsEveryCommand(shell: Completion.Shell) throws {
        let script = App.completionScript(for: shell.kind)
        for path in Self.paths(try CommandTree.read(App._dumpHelp())) {
            #expect(path.allSatisfy(script.contains), "\(path)")
        }
    }

    @Test func everyCommandThatPrintsSomethingHasJSON() throws {
        func leaves(_ tree: CommandTree) -> [CommandTree] {
            tree.commands.isEmpty ? [tree] : tree.commands.flatMap(leaves)
        }
        let without = leaves(try CommandTree.read(App._dumpHelp())).filter { command in
            !command.items.contains { $0.names?.contains { $0.name == "json" } == true }
        }
        // The log of the server is JSON already; the others print a text for another program, or become one.
        #expect(Set(without.map(\.commandName)) == ["serve", "psql", "completion", "man"])
    }

    @Test func thePrintedTextIsThatOfTheDeclarations() async throws {
        let page = try await HourglassProcess.run(["man"])
        #expect(page.status == .exited(0) && page.output.hasPrefix(".TH HOURGLASS 1"))
        let script = try await HourglassProcess.run(["completion", "fish"])
        #expect(script.status == .exited(0) && script.output.contains("complete -c"))
        let unknown = try await HourglassProcess.run(["completion", "csh"])
        #expect(unknown.status == .exited(64))
    }
}

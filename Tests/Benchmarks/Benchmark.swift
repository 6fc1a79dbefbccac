import ArgumentParser

/// The command line of the benchmark.
@main
struct Benchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "Benchmark",
        abstract: "Measures hourglass beside other ways to do the same, on one machine in one session.",
        subcommands: [Compare.self, BareServer.self, NaiveServer.self],
        defaultSubcommand: Compare.self
    )
}

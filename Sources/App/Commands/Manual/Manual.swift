import ArgumentParser

/// Prints the page for `man`.
struct Manual: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "man",
        abstract: "Print the page of the manual.",
        discussion: "hourglass man | man -l -    or    hourglass man >/usr/share/man/man1/hourglass.1"
    )

    func run() throws { print(ManualPage(try CommandTree.read(App._dumpHelp())).text) }
}

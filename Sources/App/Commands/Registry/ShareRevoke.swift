import ArgumentParser
import Registry

/// Revokes a share link.
struct ShareRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Revoke a share link; returns when no server takes it any more."
    )

    @Argument(help: "The id of the link, as `share list` shows it.")
    var id: Int

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let id = id
        try await registry.use { try await $0.revokeShare(id) }
        print(registry.json ? "{\"id\":\(id)}" : "revoked share link \(id)")
    }
}

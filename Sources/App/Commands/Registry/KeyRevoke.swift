import ArgumentParser
import Registry

/// Revokes a key.
struct KeyRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Revoke a key; returns when no server takes it any more."
    )

    @Argument(help: "The id of the key, as `key list` shows it.")
    var id: Int

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let id = id
        try await registry.use { try await $0.revokeKey(id) }
        print(registry.json ? "{\"id\":\(id)}" : "revoked key \(id)")
    }
}

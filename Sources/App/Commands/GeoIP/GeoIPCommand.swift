import ArgumentParser

/// The commands about the database of the places of addresses.
struct GeoIPCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "geoip",
        abstract: "Show, renew or ask the database of the places of addresses.",
        subcommands: [GeoIPStatus.self, GeoIPUpdate.self, GeoIPLookup.self]
    )
}

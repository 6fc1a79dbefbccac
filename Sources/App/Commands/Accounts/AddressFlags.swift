import ArgumentParser
import Assembly
import HTTP
import Server
import Web

/// The address of the server in links that a command prints.
struct AddressFlags: ParsableArguments {
    @Option(help: "The address by which browsers reach the server, such as https://stats.example.org.")
    var url: String?

    /// The address: that of the flag, or of the setting, or of the host and the port.
    ///
    /// - Throws: `CommandFailure`, or an error of the settings.
    func base(_ registry: RegistryFlags) throws -> ServerAddress {
        let settings = try registry.database.settings()
        guard let base = url.map(ServerAddress.init) ?? settings.address(port: settings.server.http.port) else {
            throw CommandFailure("--url is no http or https address without query, blanks and quotation marks")
        }
        return base
    }
}

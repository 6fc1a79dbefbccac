import Analytics
import ArgumentParser
import Assembly
import GeoIP
import HTTP

/// Shows the place of an address.
struct GeoIPLookup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lookup",
        abstract: "Show what the database says about an address."
    )

    @Argument(help: "An IPv4 or IPv6 address.")
    var address: ClientAddress

    @OptionGroup var flags: GeoIPFlags

    func run() async throws {
        let path = try flags.settings().geoDatabasePath()
        guard try FileStamp(path) != nil else {
            throw CommandFailure("there is no GeoIP database at \(path): \(GeoIPFlags.advice)")
        }
        let database: GeoDatabase
        do throws(GeoFailure) { database = try GeoDatabase(path) } catch {
            throw CommandFailure("\(path) cannot be used: \(error)")
        }
        let record = database.record(of: address.bytes)
        let fields = record?.fields ?? []
        guard !flags.json else {
            let found: [(String, JSON?)] = [("address", .text(address.text)), ("found", .bool(record != nil))]
            return print(JSON.object(.init(found + fields)).description)
        }
        guard record != nil else { return print("the database has no record of \(address.text)") }
        var table = TextTable(["address", address.text])
        for (name, value) in fields {
            if let value { table.add([name, value.plain]) }
        }
        print(table.text)
    }
}

extension GeoRecord {
    /// The fields with their names.
    fileprivate var fields: [(String, JSON?)] {
        [
            ("continent", continent.map(JSON.text)), ("country", country.map(JSON.text)),
            ("country_name", country.flatMap(CountryNames.name(of:)).map(JSON.text)), ("eu", isInEU.map(JSON.bool)),
            ("region", region.map(JSON.text)), ("region_name", regionName.map(JSON.text)),
            ("subdivision_2", secondSubdivision.map(JSON.text)), ("city", city.map(JSON.text)),
            ("postal", postal.map(JSON.text)), ("latitude", latitude.map(JSON.real)),
            ("longitude", longitude.map(JSON.real)), ("radius", radius.map(JSON.number)), ("zone", zone.map(JSON.text)),
        ]
    }
}

extension JSON {
    /// The value without quotes.
    fileprivate var plain: String {
        guard case .text(let text) = self else { return description }
        return text
    }
}

extension ClientAddress: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

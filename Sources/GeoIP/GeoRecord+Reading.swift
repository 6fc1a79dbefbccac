// The fields of the databases of MaxMind, DB-IP, IP2Location (nested maps) and IPinfo (flat texts).
extension GeoRecord {
    private static let countryMap = DataPath("country")
    private static let isoCode = DataPath("iso_code")
    private static let euFlag = DataPath("is_in_european_union")
    private static let countryCode = DataPath("country_code")
    private static let continentPath = DataPath("continent", "code")
    private static let continentCode = DataPath("continent_code")
    private static let cityName = DataPath("city", "names", "en")
    private static let postalCode = DataPath("postal", "code")
    private static let subdivisions = [DataPath("subdivisions", "0"), DataPath("subdivisions", "1")]
    private static let englishName = DataPath("names", "en")
    private static let location = DataPath("location")
    private static let latitudePath = DataPath("latitude")
    private static let longitudePath = DataPath("longitude")
    private static let radiusPath = DataPath("accuracy_radius")
    private static let zonePath = DataPath("time_zone")

    /// Reads the record at a position; what has an unexpected type or value counts as missing.
    init(at position: UInt32, in database: borrowing DatabaseHandle) {
        if let map = database.composite(Self.countryMap, from: position) {
            country = database.text(Self.isoCode, from: map).flatMap(Self.twoCapitals)
            isInEU = database.bool(Self.euFlag, from: map)
        }
        country = country ?? database.text(Self.countryCode, from: position).flatMap(Self.twoCapitals)
        country = country.flatMap { Self.notCountries.contains($0) ? nil : $0 }
        continent =
            database.text(Self.continentPath, from: position).flatMap(Self.twoCapitals)
            ?? database.text(Self.continentCode, from: position).flatMap(Self.twoCapitals)
        city = database.text(Self.cityName, from: position)
        postal = database.text(Self.postalCode, from: position)
        readSubdivisions(at: position, in: database)
        if let map = database.composite(Self.location, from: position) { readLocation(at: map, in: database) }
    }

    private mutating func readSubdivisions(at position: UInt32, in database: borrowing DatabaseHandle) {
        guard let first = database.composite(Self.subdivisions[0], from: position) else { return }
        regionName = database.text(Self.englishName, from: first)
        region = subdivisionCode(at: first, in: database) ?? regionName
        guard let second = database.composite(Self.subdivisions[1], from: position) else { return }
        secondSubdivision =
            subdivisionCode(at: second, in: database) ?? database.text(Self.englishName, from: second)
    }

    /// The code of a subdivision, to which the database does not add that of the country.
    private func subdivisionCode(at position: UInt32, in database: borrowing DatabaseHandle) -> String? {
        guard let country, let code = database.text(Self.isoCode, from: position), code.utf8.count <= 3,
            code.utf8.allSatisfy({ $0.isCapital || $0.isDigit })
        else { return nil }
        return "\(country)-\(code)"
    }

    private mutating func readLocation(at position: UInt32, in database: borrowing DatabaseHandle) {
        if let north = database.real(Self.latitudePath, from: position), (-90...90).contains(north),
            let east = database.real(Self.longitudePath, from: position), (-180...180).contains(east)
        {
            latitude = north
            longitude = east
        }
        radius = database.number(Self.radiusPath, from: position).flatMap { $0 >= 0 ? $0 : nil }
        zone = database.text(Self.zonePath, from: position).flatMap { Self.isZone($0) ? $0 : nil }
    }

    /// Codes of two capitals for networks that are in no country.
    private static let notCountries: Set = ["XX", "ZZ"]

    private static func twoCapitals(_ text: String) -> String? {
        text.utf8.count == 2 && text.utf8.allSatisfy(\.isCapital) ? text : nil
    }

    /// True for a text that may be the name of a time zone; an offset such as `+01:00` is none.
    private static func isZone(_ text: String) -> Bool {
        guard let first = text.utf8.first, first.isLetter, text.utf8.count <= 64 else { return false }
        return text.utf8.allSatisfy { byte in
            byte.isLetter || byte.isDigit || "/_+-".utf8.contains(byte)
        }
    }
}

extension UInt8 {
    fileprivate var isCapital: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    fileprivate var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}

// Values of one type; nil if there is none, or one of another type.
extension DatabaseHandle {
    fileprivate func composite(_ path: DataPath, from position: UInt32) -> UInt32? {
        guard case .composite(let position)? = value(path, from: position) else { return nil }
        return position
    }

    fileprivate func text(_ path: DataPath, from position: UInt32) -> String? {
        guard case .text(let text)? = value(path, from: position) else { return nil }
        return text
    }

    fileprivate func number(_ path: DataPath, from position: UInt32) -> Int? {
        guard case .number(let number)? = value(path, from: position) else { return nil }
        return number
    }

    fileprivate func real(_ path: DataPath, from position: UInt32) -> Double? {
        switch value(path, from: position) {
        case .real(let number): number
        case .number(let number): Double(number)
        default: nil
        }
    }

    fileprivate func bool(_ path: DataPath, from position: UInt32) -> Bool? {
        guard case .bool(let value)? = value(path, from: position) else { return nil }
        return value
    }
}

import GeoIP
import Testing

/// Records of other makers, and values that are not what they should be.
struct ShapeTests {
    /// The record that a value becomes.
    private func record(_ value: MMDBValue) async throws -> GeoRecord {
        // A database needs one place.
        let database = try await open(.init("1.0.0.0/8", value), .init("2.0.0.0/8", ["country_code": "DE"]))
        return try #require(database.record(of: octets("1.2.3.4")))
    }

    @Test func flatTextsAreRead() async throws {
        let record = try await record([
            "as_domain": "example.com", "as_name": "Example", "asn": "AS64496", "continent": "Europe",
            "continent_code": "EU", "country": "Germany", "country_code": "DE",
        ])
        var expected = GeoRecord()
        (expected.country, expected.continent) = ("DE", "EU")
        #expect(record == expected)
    }

    @Test func aSubdivisionWithoutACodeHasItsName() async throws {
        let record = try await record([
            "city": ["names": ["en": "London (Shadwell)"]], "continent": ["code": "EU"],
            "country": ["iso_code": "GB", "is_in_european_union": .bool(false)],
            "location": ["latitude": .float(51.5), "longitude": .float(-0.25)],
            "subdivisions": .array([["names": ["en": "England"]], ["names": ["en": "Greater London"]]]),
        ])
        var expected = GeoRecord()
        (expected.country, expected.continent, expected.city) = ("GB", "EU", "London (Shadwell)")
        (expected.region, expected.regionName, expected.secondSubdivision) = ("England", "England", "Greater London")
        (expected.latitude, expected.longitude, expected.isInEU) = (51.5, -0.25, false)
        #expect(record == expected)
    }

    @Test func aCodeWithoutACountryIsNoRegion() async throws {
        let subdivisions: MMDBValue = .array([["iso_code": "ENG", "names": ["en": "England"]], ["iso_code": "WBK"]])
        let record = try await record(["subdivisions": subdivisions, "city": ["names": ["en": "X"]]])
        #expect(record.region == "England")
        #expect(record.secondSubdivision == nil)
    }

    @Test(arguments: ["eng", "ENGL", "E-G", "", "É"])
    func whatIsNoCodeGivesWayToTheName(code: String) async throws {
        let subdivisions: MMDBValue = .array([["iso_code": .text(code), "names": ["en": "England"]]])
        let record = try await record(["country": ["iso_code": "GB"], "subdivisions": subdivisions])
        #expect(record.region == "England")
    }

    @Test func namesInOtherLanguagesAreNotTaken() async throws {
        let record = try await record(["city": ["names": ["de": "Köln", "fr": "Cologne"]], "country_code": "DE"])
        #expect(record.city == nil)
    }

    @Test(arguments: ["+01:00", "-05:00", "UTC+01:00", "01", "", "Europe/Berlin x", "/etc", "Zürich"])
    func anOffsetIsNoZone(text: String) async throws {
        #expect(try await record(["location": ["time_zone": .text(text)]]).zone == nil)
    }

    @Test(arguments: ["Europe/Berlin", "America/Port-au-Prince", "Etc/GMT+5", "UTC", "America/Argentina/Buenos_Aires"])
    func namesOfZonesAreTaken(text: String) async throws {
        #expect(try await record(["location": ["time_zone": .text(text)]]).zone == text)
    }

    @Test(arguments: ["T1", "A1", "XX", "ZZ", "de", "DEU", "D", "", "D\u{0}", "ÄÖ"])
    func whatIsNoCountryIsNone(code: String) async throws {
        #expect(try await record(["country": ["iso_code": .text(code)]]).country == nil)
        #expect(try await record(["country_code": .text(code)]).country == nil)
        #expect(try await record(["country": .text(code)]).country == nil)
    }

    /// The country of the network's registration is not that of its visitors.
    @Test func theRegisteredCountryIsNotTaken() async throws {
        #expect(try await record(["registered_country": ["iso_code": "RO"]]) == GeoRecord())
    }

    /// A value of a type or range that no database should have at its place.
    private static let wrong: [MMDBValue] = [
        .uint32(7), .int32(-7), .uint64(.max), .uint128(.max), .bool(true), .bytes([1, 2]), .array([]), [:],
        ["en": ["en": "x"]], .array(["GB", "GB"]), .double(.nan), .double(.infinity), .float(-1e30), .text(""),
        .text(String(repeating: "x", count: 300)), .raw([0x42, 0xC3, 0x28]), .raw([0x42, 0x41, 0x00]),
    ]

    @Test func wrongTypesAreMissing() async throws {
        for value in Self.wrong {
            let nested = try await record([
                "city": ["names": ["en": value]], "continent": ["code": value], "postal": ["code": value],
                "country": ["iso_code": value, "is_in_european_union": .text("true")],
                "location": ["time_zone": value, "accuracy_radius": .double(1), "latitude": "1", "longitude": "2"],
                "subdivisions": .array([value, ["iso_code": value, "names": value]]),
            ])
            #expect(nested == GeoRecord(), "\(value)")
            let flat = try await record([
                "city": value, "continent": value, "country": value, "location": value, "postal": value,
                "subdivisions": value, "country_code": value, "continent_code": value,
            ])
            #expect(flat == GeoRecord(), "\(value)")
            #expect(try await record(value) == GeoRecord(), "\(value)")
        }
    }

    @Test(arguments: [
        (MMDBValue.double(90), MMDBValue.double(-180), true), (.double(90.1), .double(0), false),
        (.double(0), .double(180.5), false), (.double(.nan), .double(0), false), (.uint16(45), .int32(-9), true),
        (.double(1), .text("2"), false),
    ])
    func coordinatesAreOnTheGlobeAndComeInPairs(north: MMDBValue, east: MMDBValue, areTaken: Bool) async throws {
        let record = try await record(["location": ["latitude": north, "longitude": east]])
        #expect((record.latitude != nil) == areTaken)
        #expect((record.longitude != nil) == areTaken)
    }

    @Test(arguments: [
        (MMDBValue.uint16(100), 100 as Int?), (.uint32(70_000), 70_000), (.int32(5), 5), (.int32(-5), nil),
        (.text("5"), nil),
    ])
    func theRadiusIsANumber(value: MMDBValue, radius: Int?) async throws {
        #expect(try await record(["location": ["accuracy_radius": value]]).radius == radius)
    }

    @Test func aDatabaseOfIPv4KnowsNothingOfIPv6() async throws {
        var writer = MMDBWriter([.init("1.2.0.0/16", ["country_code": "DE"])])
        writer.ipVersion = 4
        let database = try await open(writer.bytes)
        #expect(database.record(of: octets("1.2.3.4"))?.country == "DE")
        #expect(database.record(of: octets("::ffff:1.2.3.4"))?.country == "DE")
        #expect(database.record(of: octets("2001:db8::1")) == nil)
        #expect(database.metadata.ipVersion == 4)
    }

    /// MaxMind's files say that `::ffff:0:0/96` is IPv4; others may not.
    @Test func mappedAddressesAreIPv4WithoutAnAlias() async throws {
        let database = try await open(.init("1.2.0.0/16", ["country_code": "DE"]))
        #expect(database.record(of: octets("::ffff:1.2.3.4"))?.country == "DE")
        #expect(database.record(of: octets("::1.2.3.4"))?.country == "DE")
        #expect(database.record(of: octets("2002:102:304::1")) == nil)
    }

    @Test(arguments: [
        ("GeoLite2-City", "", "https://www.maxmind.com"), ("GeoLite2-Country", "", "https://www.maxmind.com"),
        ("DBIP-City-Lite", "", "https://db-ip.com"), ("DBIP-City (compat=City)", "", nil),
        ("ipinfo generic_lite.mmdb", "", "https://ipinfo.io"), ("ipinfo standard_location.mmdb", "", nil),
        ("IP2LITE-City", "", "https://lite.ip2location.com"),
        ("City", "IP2Location LITE DB11", "https://lite.ip2location.com"), ("IP2Location-DB11", "", nil),
        ("GeoIP2-City", "", nil), ("x", "", nil),
    ])
    func licencesThatAskForACreditGetIt(type: String, description: String, url: String?) async throws {
        var writer = MMDBWriter([.init("1.2.0.0/16", ["country_code": "DE"])])
        writer.type = type
        writer.description = description
        #expect(try await open(writer.bytes).metadata.attribution?.url == url)
    }
}

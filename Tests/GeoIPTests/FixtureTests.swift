import GeoIP
import Testing

/// Every shape of record in MaxMind's own test database.
struct FixtureTests {
    /// What is expected of some addresses; the order of texts is continent, country, region and its name, the second
    /// subdivision, city, postal code, zone.
    struct Row: Sendable, CustomTestStringConvertible {
        let addresses: [String]
        let record: GeoRecord

        init(
            _ addresses: String...,
            texts: [String?],
            isInEU: Bool? = nil,
            at place: (Double, Double, radius: Int)? = nil
        ) {
            self.addresses = addresses
            var record = GeoRecord()
            let fields: [WritableKeyPath<GeoRecord, String?>] = [
                \.continent, \.country, \.region, \.regionName, \.secondSubdivision, \.city, \.postal, \.zone,
            ]
            for (field, text) in zip(fields, texts) { record[keyPath: field] = text }
            record.isInEU = isInEU
            record.latitude = place?.0
            record.longitude = place?.1
            record.radius = place?.radius
            self.record = record
        }

        var testDescription: String { addresses.joined(separator: " ") }
    }

    private static let london = ["EU", "GB", "GB-ENG", "England", nil, "London", nil, "Europe/London"]

    static let rows = [
        Row(
            "81.2.69.142",
            "::ffff:81.2.69.142",
            "2002:5102:458e::1",
            texts: london,
            at: (51.5142, -0.0931, 10)
        ),
        Row("81.2.69.144", texts: london, at: (51.5142, -0.0931, 3)),
        Row("81.2.69.160", texts: london, at: (51.5142, -0.0931, 100)),
        Row(
            "2.125.160.216",
            texts: ["EU", "GB", "GB-ENG", "England", "GB-WBK", "Boxford", "OX1", "Europe/London"],
            at: (51.75, -1.25, 100)
        ),
        Row(
            "216.160.83.56",
            texts: ["NA", "US", "US-WA", "Washington", nil, "Milton", "98354", "America/Los_Angeles"],
            at: (47.2513, -122.3149, 22)
        ),
        Row(
            "216.160.83.64",
            texts: ["NA", "US", "US-WA", "Washington", nil, nil, nil, "America/Los_Angeles"],
            at: (47.7511, -120.7401, 1000)
        ),
        Row(
            "89.160.20.112",
            texts: ["EU", "SE", "SE-E", "Östergötland County", nil, "Linköping", nil, "Europe/Stockholm"],
            isInEU: true,
            at: (58.4167, 15.6167, 76)
        ),
        Row(
            "175.16.199.1",
            texts: ["AS", "CN", "CN-22", "Jilin Sheng", nil, "Changchun", nil, "Asia/Harbin"],
            at: (43.88, 125.3228, 100)
        ),
        Row(
            "149.101.100.1",
            texts: ["NA", "US", nil, nil, nil, nil, nil, "America/Chicago"],
            at: (37.751, -97.822, 1000)
        ),
        Row("67.43.156.1", texts: ["AS", "BT", nil, nil, nil, nil, nil, "Asia/Thimphu"], at: (27.5, 90.5, 534)),
        Row(
            "202.196.224.1",
            texts: ["AS", "PH", nil, nil, nil, nil, "34021", "Asia/Manila"],
            at: (13.0, 122.0, 121)
        ),
        Row(
            "214.0.0.1",
            texts: ["AS", "SG", nil, nil, nil, "Singapore", "59", "Asia/Singapore"],
            at: (1.336, 103.7716, 10)
        ),
        Row(
            "214.0.1.1",
            texts: ["OC", "AU", "AU-VIC", "Victoria", nil, "Melbourne", "3000", "Australia/Melbourne"],
            at: (-37.8159, 144.9669, 20)
        ),
        Row(
            "2001:480:10::1",
            texts: ["NA", "US", "US-CA", "California", nil, "San Diego", "92101", "America/Los_Angeles"],
            at: (32.7203, -117.1552, 20)
        ),
        Row(
            "2001:218::1",
            texts: ["AS", "JP", nil, nil, nil, nil, nil, "Asia/Tokyo"],
            at: (35.68536, 139.75309, 100)
        ),
        Row(
            "2a02:d180::1",
            texts: ["EU", "DE", nil, nil, nil, nil, nil, "Europe/Berlin"],
            isInEU: true,
            at: (51.5, 10.5, 100)
        ),
        Row("2001:250::1", texts: ["AS", "CN"], at: (35, 105, 100)),
        Row("2a02:d0c0::1", texts: ["EU", "RU"], at: (60, 100, 100)),
        Row(
            "2a02:d500::1",
            texts: ["EU", nil, nil, nil, nil, nil, nil, "Europe/Vaduz"],
            at: (48.69096, 9.14062, 100)
        ),
        Row("2.3.3.1", texts: ["EU"]),
        Row("214.1.1.1", texts: []),
    ]

    @Test(arguments: rows)
    func everyFieldIsRead(row: Row) throws {
        let database = try GeoDatabase(fixture)
        for address in row.addresses { #expect(database.record(of: octets(address)) == row.record, "\(address)") }
    }

    @Test(arguments: ["127.0.0.1", "10.0.0.1", "1.1.1.1", "fe80::1", "::", "::ffff:127.0.0.1", "64:ff9b::5102:458e"])
    func otherAddressesHaveNoRecord(address: String) throws {
        #expect(try GeoDatabase(fixture).record(of: octets(address)) == nil)
    }

    @Test(arguments: [0, 1, 3, 5, 8, 15, 17, 100])
    func otherNumbersOfBytesHaveNoRecord(count: Int) throws {
        let database = try GeoDatabase(fixture)
        #expect(database.record(of: [UInt8](repeating: 81, count: count)) == nil)
    }

    @Test func metadataDescribesTheDatabase() throws {
        let database = try GeoDatabase(fixture)
        #expect(database.metadata.type == "GeoIP2-City")
        #expect(database.metadata.builtAt == 1_770_245_369)
        #expect(database.metadata.nodes == 1_547)
        #expect(database.metadata.ipVersion == 6)
        #expect(database.metadata.description?.hasPrefix("GeoIP2 City Test Database") == true)
        #expect(database.metadata.attribution == nil)
        #expect(database.size == 22_569)
        #expect(!database.metadata.isOld(at: 1_770_245_369 + 60 * 86_400))
        #expect(database.metadata.isOld(at: 1_770_245_370 + 60 * 86_400))
    }
}

import Analytics

/// The registry as the database tells it (`registry_document`), and as it is kept for the time without a database.
struct RegistryDocument: Codable, Sendable {
    struct Entry: Codable, Sendable {
        let id: SiteID
        let uuid: String
        let name: SiteName
        let hostnames: [Hostname]
        let zone: String
        let settings: SiteSettings
        let organisation: String
        let secret: HexBytes
        /// Missing in documents of earlier programs.
        let goals: [GoalEntry]?
        /// Missing in documents of earlier programs.
        let segments: [SegmentEntry]?
        /// The segments of accounts, apart from the others, which programs show to everybody.
        ///
        /// Missing in documents of earlier programs.
        let ownSegments: [SegmentEntry]?

        private enum CodingKeys: String, CodingKey {
            case id, uuid, name, hostnames, zone, settings, organisation, secret, goals, segments
            case ownSegments = "own_segments"
        }
    }

    struct SegmentEntry: Codable, Sendable {
        let id: SegmentID
        /// The number of the account; nil for a segment of everybody.
        let owner: Int?
        let name: String
        /// The filters as a JSON array, in a text.
        let filters: String
    }

    struct GoalEntry: Codable, Sendable {
        let id: GoalID
        let kind: String
        let pattern: String
        let depth: Int?
        let display: String?
        let properties: [String: String]
        let currency: String?
    }

    struct FormerName: Codable, Sendable {
        let name: SiteName
        let site: SiteID
    }

    struct Key: Codable, Sendable {
        let id: Int
        let site: SiteID
        let scope: KeyScope
        let digest: HexBytes
    }

    struct Share: Codable, Sendable {
        let id: Int
        let site: SiteID
        /// The filters as a JSON array, in a text.
        let filters: String
        let digest: HexBytes
        /// The hash of the password; nil for a link without one.
        let password: String?
    }

    struct Salt: Codable, Sendable {
        /// The date, as `2026-11-26`.
        let date: String
        let secret: HexBytes
    }

    let version: Int
    let sites: [Entry]
    let formerNames: [FormerName]
    let keys: [Key]
    /// The links to reports; nil in the file of an earlier program.
    let shares: [Share]?
    /// The links with a password, apart from the others, which earlier programs take without one; nil in the file of an
    /// earlier program.
    let guardedShares: [Share]?
    let salts: [Salt]
    /// For each time zone the moments at which the dates of the salts begin there, and the one at which the last of them
    /// ends, in seconds since 1970.
    let zones: [String: [Int]]

    private enum CodingKeys: String, CodingKey {
        case version, sites, keys, shares, salts, zones
        case formerNames = "former_names"
        case guardedShares = "guarded_shares"
    }
}

/// Bytes that are written in hexadecimal digits.
struct HexBytes: Codable, Sendable, Hashable {
    let bytes: [UInt8]

    init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue.map(UInt8.init) }
        guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2) else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "not hexadecimal digits")
            )
        }
        bytes = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        let digits = Array("0123456789abcdef")
        try value.encode(String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }))
    }
}

/// The place that a database gives for an address; nil stands for what it does not say.
package struct GeoRecord: Hashable, Sendable {
    /// The country by ISO 3166-1, such as `GB`.
    package var country: String?
    /// The first subdivision by ISO 3166-2, such as `GB-ENG`; its English name where the database has no code.
    package var region: String?
    /// The English name of the first subdivision.
    package var regionName: String?
    /// The English name of the city.
    package var city: String?
    /// The two letters of the continent, such as `EU`.
    package var continent: String?
    /// The second subdivision, such as `GB-WBK`; its English name where the database has no code.
    package var secondSubdivision: String?
    /// Degrees north; given together with the longitude.
    package var latitude: Double?
    /// Degrees east.
    package var longitude: Double?
    /// The radius in kilometres around the coordinates within which the address probably is.
    package var radius: Int?
    /// The IANA name of the time zone; it may be an outdated one such as `Asia/Harbin`.
    package var zone: String?
    /// True for a country of the European Union; MaxMind's databases never say false.
    package var isInEU: Bool?
    package var postal: String?

    package init() {}

    /// True if there is a country, a city or coordinates.
    package var isPlace: Bool { country != nil || city != nil || latitude != nil }
}

/// The place of a visitor, as a database of addresses knows it.
package struct Place: Hashable, Sendable {
    /// The country (ISO 3166-1 alpha-2).
    package var country: String?
    package var region: String?
    package var city: String?
    package var continent: String?
    /// The second level of subdivision, such as a county.
    package var secondSubdivision: String?
    /// Degrees north, in decimal digits.
    package var latitude: String?
    /// Degrees east, in decimal digits.
    package var longitude: String?
    /// The radius within which the place lies, in kilometres.
    package var radius: String?
    /// The time zone (IANA).
    package var zone: String?

    package init() {}
}

extension Place {
    /// Compares the texts by bytes.
    package static func == (first: Place, second: Place) -> Bool {
        first.country.hasBytes(of: second.country)
            && first.region.hasBytes(of: second.region)
            && first.city.hasBytes(of: second.city)
            && first.continent.hasBytes(of: second.continent)
            && first.secondSubdivision.hasBytes(of: second.secondSubdivision)
            && first.latitude.hasBytes(of: second.latitude)
            && first.longitude.hasBytes(of: second.longitude)
            && first.radius.hasBytes(of: second.radius)
            && first.zone.hasBytes(of: second.zone)
    }
}

extension Place: TextRecord {
    package static let fields: [TextField<Place>] = [
        TextField("country", \.country), TextField("region", \.region), TextField("city", \.city),
        TextField("continent", \.continent), TextField("subdivision_2", \.secondSubdivision),
        TextField("latitude", \.latitude), TextField("longitude", \.longitude), TextField("radius", \.radius),
        TextField("zone", \.zone),
    ]
}

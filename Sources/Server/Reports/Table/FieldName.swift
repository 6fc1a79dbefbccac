import Analytics

/// The short names of dimensions in the parameters of `GET /api/v1/stats`.
enum FieldName {
    private static let names: [String: Dimension] = [
        "page": .hit(.page), "host": .hit(.hostname), "event": .hit(.name), "title": .hit(.title), "goal": .goal,
        "entry": .visit(.entryPage), "exit": .visit(.exitPage), "source": .visit(.source),
        "channel": .visit(.channel), "referrer": .visit(.referrer), "campaign": .visit(.utmCampaign),
        "medium": .visit(.utmMedium), "country": .visit(.country), "region": .visit(.region), "city": .visit(.city),
        "browser": .visit(.browser), "os": .visit(.os), "device": .visit(.device), "size": .visit(.screen),
        "language": .visit(.language), "user": .visit(.user),
        "minute": .time(.minute), "hour": .time(.hour), "day": .time(.day),
        "week": .time(.week), "month": .time(.month), "hour_of_week": .time(.hourOfWeek),
    ]
    private static let property = "prop."

    /// The dimension of a short name, of `prop.NAME`, or of the name that queries have; nil if there is none.
    static func dimension(_ name: String) -> Dimension? {
        if let known = names[name] { return known }
        if name.hasPrefix(property) {
            return Dimension(name: "event:props:" + name.dropFirst(property.count))
        }
        return Dimension(name: name)
    }

    /// The short name of a dimension, or the name that queries have.
    static func name(of dimension: Dimension) -> String {
        if case .property(let name) = dimension { return property + name }
        return names.first { $0.value == dimension }?.key ?? dimension.name
    }
}

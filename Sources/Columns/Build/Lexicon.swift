package import Analytics

/// The texts that hits name by codes: an entry has the code of its place, and the first of each list is no value.
package struct Lexicon: Sendable {
    package var names: [String?] = [nil]
    package var hosts: [String?] = [nil]
    package var paths: [String?] = [nil]
    package var titles: [String?] = [nil]
    package var places: [Place?] = [nil]
    package var agents: [Agent?] = [nil]
    package var origins: [Origin?] = [nil]
    /// The currencies of values (ISO 4217).
    package var currencies: [String?] = [nil]

    package init() {}

    /// The texts by which hits of one millisecond are ordered.
    func texts(of codes: HitRow.Codes) -> VisitTexts {
        var hit = Hit(time: Timestamp(milliseconds: 0), name: names[Int(codes.name)] ?? "")
        hit.host = hosts[Int(codes.host)]
        hit.path = paths[Int(codes.path)]
        hit.place = places[Int(codes.place)]
        hit.agent = agents[Int(codes.agent)]
        hit.origin = origins[Int(codes.origin)]
        return VisitTexts(hit)
    }
}

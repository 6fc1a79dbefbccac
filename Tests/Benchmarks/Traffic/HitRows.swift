import Analytics
import FoundationEssentials

/// Page views of one site, like those of visitors: few of them bring a new page, place or agent.
struct HitRows {
    private static let pages = 5_000
    private static let places = 2_000
    private static let agents = 500
    private static let origins = 400

    private var generator = SystemRandomNumberGenerator()
    private var fresh = 0

    /// The next hits, all of the current moment.
    ///
    /// - Parameters:
    ///   - count: The number of hits.
    ///   - hasIDs: True to give each an id of its own.
    /// - Returns: The hits.
    mutating func next(_ count: Int, hasIDs: Bool) -> [Hit] {
        let now = Timestamp(Date.now)
        return (0..<count).map { _ in hit(at: now, hasIDs: hasIDs) }
    }

    private mutating func hit(at now: Timestamp, hasIDs: Bool) -> Hit {
        var hit = Hit(time: now)
        hit.visitor = Visitor(rawValue: .random(in: 0 ... .max, using: &generator))
        hit.host = "example.com"
        if Int.random(in: 0..<200, using: &generator) == 0 {
            fresh += 1
            hit.path = "/new/\(fresh)/\(UInt32.random(in: 0 ... .max, using: &generator))"
        } else {
            // Two draws make the first pages the most frequent.
            let page = Int.random(in: 0...Int.random(in: 0..<Self.pages, using: &generator), using: &generator)
            hit.path = "/blog/\(page)"
            hit.title = "Page \(page)"
        }
        var place = Place()
        let city = Int.random(in: 0..<Self.places, using: &generator)
        (place.country, place.region, place.city) = ("DE", "BY", "City \(city)")
        hit.place = place
        var agent = Agent()
        let browser = Int.random(in: 0..<Self.agents, using: &generator)
        (agent.browser, agent.browserVersion, agent.os, agent.device) = ("Firefox", "\(browser)", "Linux", "desktop")
        hit.agent = agent
        var origin = Origin()
        origin.source = "Source \(Int.random(in: 0..<Self.origins, using: &generator))"
        hit.origin = origin
        if Int.random(in: 0..<10, using: &generator) == 0 { hit.props = #"{"plan": "pro", "seats": 3}"# }
        if hasIDs {
            let text =
                "\(UInt64.random(in: 0 ... .max, using: &generator))-\(UInt64.random(in: 0 ... .max, using: &generator))"
            hit.id = try? HitID(parsing: text)
        }
        return hit
    }
}

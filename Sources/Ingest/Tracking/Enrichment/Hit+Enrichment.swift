package import Agents
import Analytics
import GeoIP

extension Hit {
    /// The device of a bot.
    private static let bot = "bot"

    /// Sets what was found out.
    mutating func take(_ enrichment: Enrichment, _ input: HitInput) {
        place = Place(enrichment, zone: input.timezone)
        agent = Agent(enrichment, screen: input.screen)
        origin = enrichment.attribution.origin
        if let bot = enrichment.software?.bot { take(bot) }
    }

    /// Marks the hit as a bot's, which has its name in place of a browser and no system.
    private mutating func take(_ bot: Bot) {
        flags.insert(.bot)
        var agent = agent ?? Agent()
        if agent.browser == nil { agent.browser = bot.name }
        if agent.device == nil { agent.device = Self.bot }
        self.agent = agent
    }
}

extension Place {
    /// The place that is given or was found; nil if nothing of it is known.
    ///
    /// The zone of the browser is better than that of the address.
    fileprivate init?(_ enrichment: Enrichment, zone: String?) {
        self.init()
        if let record = enrichment.place.record {
            take(record)
        } else {
            country = enrichment.given.country
            region = enrichment.given.region
            city = enrichment.given.city
        }
        self.zone = zone ?? self.zone
        if self == Place() { return nil }
    }

    private mutating func take(_ record: GeoRecord) {
        country = record.country
        region = record.region
        city = record.city
        continent = record.continent
        secondSubdivision = record.secondSubdivision
        latitude = record.latitude.map(Self.text)
        longitude = record.longitude.map(Self.text)
        radius = record.radius.map(String.init)
        zone = record.zone
    }

    /// Degrees to the fourth digit, which is 11 metres: databases have no more.
    private static func text(_ degrees: Double) -> String {
        String((degrees * 10_000).rounded() / 10_000)
    }
}

extension AgentFacts {
    /// The version of the browser with two numbers: client hints tell the first alone, where the agent has `142.0`.
    package var fullBrowserVersion: String? {
        browserVersion.map { $0.contains(".") ? $0 : $0 + ".0" }
    }
}

extension Agent {
    /// The software that is given or was found; nil if nothing of it is known.
    fileprivate init?(_ enrichment: Enrichment, screen: String?) {
        self.init()
        let (given, found) = (enrichment.given, enrichment.software)
        browser = given.browser ?? found?.browser
        browserVersion = given.browserVersion ?? (given.browser == nil ? found?.fullBrowserVersion : nil)
        os = given.os ?? found?.os
        osVersion = given.osVersion ?? (given.os == nil ? found?.osVersion : nil)
        device = given.device ?? found?.device?.rawValue
        self.screen = screen
        language = enrichment.language.tag
        if self == Agent() { return nil }
    }
}

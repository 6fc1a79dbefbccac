import Agents
import Analytics
import Support
import Testing

@testable import Ingest

struct EnrichmentTests {
    private static let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0"
    private static let curl = "curl/8.15.0"

    private func hit(
        _ json: String,
        _ client: ClientFacts = ClientFacts(),
        isServer: Bool = false,
        spam: String = ""
    ) throws -> (hit: Hit, enrichment: Enrichment) {
        let input = try HitInput(json: json.utf8Span.span)
        let enricher = Enricher(spam: try SpamHosts(parsing: spam))
        let site = try Site.sample(["shop.example"])
        let enrichment = enricher.enrichment(of: input, client, site: site, isServer: isServer)
        let hit = Hit(
            input,
            site: site,
            time: Timestamp(seconds: 1_700_000_000),
            isServer: isServer,
            enrichment: enrichment
        )
        return (hit, enrichment)
    }

    private func facts(_ agent: String?, languages: String? = nil) -> ClientFacts {
        ClientFacts(software: agent.map { AgentRequest(agent: $0) }, languages: languages)
    }

    /// The language of a hit, by its field and the header.
    @Test(
        arguments: [
            (#"{"language":"de-ch"}"#, "fr", "de-CH", .field),
            ("{}", "fr;q=0.5, pt-br", "pt-BR", .header),
            ("{}", "*", nil, .none),
            ("{}", nil, nil, .none),
            (#"{"language":"*"}"#, "fr", "fr", .header),
        ] as [(String, String?, String?, LanguageBasis)]
    )
    func aLanguageIsThatOfTheFieldOrTheHeader(
        json: String,
        header: String?,
        tag: String?,
        basis: LanguageBasis
    ) throws {
        let (hit, enrichment) = try hit(json, facts(Self.firefox, languages: header))
        #expect(hit.agent?.language == tag)
        #expect(enrichment.language.basis == basis)
    }

    /// A client without an agent is a bot; one whose agent is not known, as that of a server's hit may be, is none.
    @Test(arguments: [(curl, true), ("", true), (firefox, false), (nil, false)] as [(String?, Bool)])
    func botsAreFlagged(agent: String?, isBot: Bool) throws {
        let (hit, enrichment) = try hit("{}", facts(agent))
        #expect(hit.flags.contains(.bot) == isBot)
        #expect((enrichment.software?.bot != nil) == isBot)
        #expect(hit.agent?.device == (isBot ? "bot" : agent.map { _ in "desktop" }))
    }

    /// A bot's click is no event of the hour.
    @Test func clicksOfBotsAreNoEvents() throws {
        let json = #"{"name":"click","user":"ann"}"#
        var (bot, person) = (try hit(json, facts(Self.curl)).hit, try hit(json, facts(Self.firefox)).hit)
        (bot.visitor, person.visitor) = (Visitor(rawValue: 1), Visitor(rawValue: 1))
        #expect(bot.event == nil)
        #expect(person.event != nil)
    }

    /// A server's fields count before what its `user_agent` and `ip` tell, and no one else's do.
    @Test func givenFieldsAreNotFoundOut() throws {
        let json = #"{"browser":"Own","device":"watch","country":"de","source":"App"}"#
        let (server, enrichment) = try hit(json, facts(Self.curl), isServer: true)
        #expect(server.agent?.browser == "Own")
        #expect(server.agent?.device == "watch")
        #expect(server.place?.country == "DE")
        #expect(server.origin?.source == "App")
        #expect(enrichment.place.basis == .given)
        let (page, found) = try hit(json, facts(Self.firefox))
        #expect(page.agent?.browser == nil)
        #expect(page.agent?.device == "desktop")
        #expect(page.place == nil)
        #expect(page.origin == nil)
        #expect(found.place.basis == .noAddress)
    }

    @Test func theZoneOfTheBrowserIsKeptWithoutAPlace() throws {
        #expect(try hit(#"{"timezone":"Europe/Oslo"}"#).hit.place?.zone == "Europe/Oslo")
    }

    /// A referrer of the list is no source, nor are hosts below it.
    @Test func madeUpReferrersAreNoSources() throws {
        let json = #"{"referrer":"https://www.spam.example/x"}"#
        let (hit, enrichment) = try hit(json, spam: "spam.example\n")
        #expect(enrichment.attribution.referral == .spam)
        #expect(hit.origin == nil)
        #expect(try self.hit(json).enrichment.attribution.referral != .spam)
    }
}

import Agents
import Analytics
import GeoIP
import HTTP
import Ingest

extension Enrichment {
    /// What is found out about a client, and why.
    var clientJSON: JSON {
        .object([
            "bot": bot,
            "browser": software?.browser.map { fact($0, software?.fullBrowserVersion, software?.reasons.browser) },
            "os": software?.os.map { fact($0, software?.osVersion, software?.reasons.os, software?.reasons.osVersion) },
            "device": software?.device.map { fact($0.rawValue, nil, software?.reasons.device) },
            "language": languageJSON,
            "place": place.json,
        ])
    }

    /// The way that led a client to a page, and why.
    var originJSON: JSON {
        let origin = attribution.origin
        return .object([
            "source": origin?.source.map(JSON.text),
            "source_from": .text(attribution.sourceFrom.rawValue),
            "referrer": .text(attribution.referral.word),
            "channel": .text(attribution.channel.channel.rawValue),
            "channel_rule": .number(attribution.channel.rule),
            "channel_from": .text(attribution.channel.fact.rawValue),
            "utm_source": origin?.utmSource.map(JSON.text), "utm_medium": origin?.utmMedium.map(JSON.text),
            "utm_campaign": origin?.utmCampaign.map(JSON.text), "utm_content": origin?.utmContent.map(JSON.text),
            "utm_term": origin?.utmTerm.map(JSON.text),
        ])
    }

    private var bot: JSON? {
        guard let bot = software?.bot else { return nil }
        return .object([
            "name": bot.name.map(JSON.text), "kind": bot.kind.map(JSON.text),
            "why": software?.reasons.bot.map { .text($0.description) },
        ])
    }

    private var languageJSON: JSON {
        let code = language.tag?.prefix { $0 != "-" }
        return .object([
            "tag": language.tag.map(JSON.text),
            "name": code.flatMap { LanguageNames.name(of: String($0)) }.map(JSON.text),
            "why": .text(language.basis.description),
        ])
    }

    private func fact(_ name: String, _ version: String?, _ reasons: Reason?...) -> JSON {
        // A version often has the same reason as the name.
        let texts = reasons.compactMap { $0?.description }
        let why = texts.first == texts.last ? texts.first : texts.joined(separator: "; the version: ")
        return .object(["name": .text(name), "version": version.map(JSON.text), "why": why.map(JSON.text)])
    }
}

extension Enrichment.Place {
    fileprivate var json: JSON {
        .object([
            "country": record?.country.map(JSON.text),
            "country_name": record?.country.flatMap(CountryNames.name(of:)).map(JSON.text),
            "region": record?.region.map(JSON.text), "region_name": record?.regionName.map(JSON.text),
            "city": record?.city.map(JSON.text), "continent": record?.continent.map(JSON.text),
            "subdivision_2": record?.secondSubdivision.map(JSON.text), "postal": record?.postal.map(JSON.text),
            "latitude": record?.latitude.map(JSON.real), "longitude": record?.longitude.map(JSON.real),
            "radius_km": record?.radius.map(JSON.number), "timezone": record?.zone.map(JSON.text),
            "european_union": record?.isInEU.map(JSON.bool),
            "why": .text(basis.description),
        ])
    }
}

extension Referral {
    /// The result of reading the referrer, in one word.
    fileprivate var word: String {
        switch self {
        case .none: "none"
        case .internal: "internal"
        case .local: "local"
        case .spam: "spam"
        case .external: "external"
        }
    }
}

package import Agents
import Analytics
package import GeoIP

/// The details of a hit that are found out, each with the reason for it.
package struct Enrichment: Sendable {
    /// A place, and where it is from.
    package struct Place: Sendable {
        package let basis: PlaceBasis
        /// The record of the database; nil for a place that is given or unknown.
        package let record: GeoRecord?

        init(_ basis: PlaceBasis, _ record: GeoRecord? = nil) {
            self.basis = basis
            self.record = record
        }
    }

    /// A language, and where it is from.
    package struct Language: Sendable {
        package let basis: LanguageBasis
        package let tag: String?

        init(field tag: String?) {
            self.tag = tag
            basis = tag == nil ? .none : .field
        }

        init(header: String) {
            tag = AcceptLanguage.preferred(header.utf8Span.span)?.text
            basis = tag == nil ? .none : .header
        }
    }

    /// The fields that the sender gives, and that are not found out then; empty without a server key.
    let given: HitInput.Given
    package internal(set) var place: Place
    /// What the headers tell about the software; nil if they are not known.
    package internal(set) var software: AgentFacts?
    package internal(set) var language: Language
    package let attribution: Attribution

    /// The details that follow from the description alone.
    ///
    /// - Parameters:
    ///   - input: The description of the hit.
    ///   - site: The site.
    ///   - isServer: True with a server key, whose given fields count.
    ///   - spam: Hosts that are no sources.
    init(_ input: HitInput, of site: Site, isServer: Bool, spam: SpamHosts = SpamHosts()) {
        given = isServer ? input.given : HitInput.Given()
        let isPlaceGiven = given.country != nil || given.region != nil || given.city != nil
        place = Place(isPlaceGiven ? .given : .noAddress)
        language = Language(field: input.language)
        attribution = Attribution(
            url: input.url,
            referrer: input.referrer,
            given: given.source,
            of: site,
            spam: spam
        )
    }
}

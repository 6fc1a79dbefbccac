// sources: Tests/Fuzz/Hits.swift Sources/Ingest/Formats/*.swift Sources/Ingest/Tracking/[AS]*/*.swift Sources/Ingest/Tracking/Input/[!H]*.swift Sources/Ingest/Tracking/Input/Hit[A-Z]*.swift
import Analytics

/// An address of a page, and of the page before, a list of hosts, and languages.
func examine(_ bytes: Span<UInt8>) {
    if let language = AcceptLanguage.preferred(bytes) { precondition((2...35).contains(language.text.utf8.count)) }
    guard let text = bytes.text else { return }
    if let url = PageURL(parsing: text) { examine(url) }
    let spam = try? SpamHosts(parsing: text)
    guard let site = fuzzedSite, let referrer = Referrer(parsing: text) else { return }
    precondition(Hostname.isHost(referrer.name[...]) || referrer.name.utf8.contains(UInt8(ascii: ":")))
    precondition(referrer.text.utf8.count <= HitInput.bytesOfReferrer && !referrer.text.utf8.contains(0))
    let attribution = Attribution(url: nil, referrer: text, of: site, spam: spam ?? SpamHosts())
    precondition(attribution.origin == nil || attribution.referral == .external(referrer))
    examine(attribution)
}

// sources: Tests/Fuzz/Hits.swift Sources/Ingest/Formats/*.swift Sources/Ingest/Tracking/*/*.swift
import Analytics

/// An address of a page, and of the page before.
func examine(_ bytes: Span<UInt8>) {
    guard let text = bytes.text else { return }
    if let url = PageURL(parsing: text) { examine(url) }
    guard let name = try? SiteName(parsing: [UInt8(ascii: "a")].span) else { return }
    let site = Site(id: Site.standard, uuid: .random(), name: name)
    guard let referrer = Referrer(parsing: text, from: "a.example", of: site) else { return }
    precondition(Hostname.isHost(referrer.host[...]) && referrer.host != "a.example")
    precondition(referrer.text.utf8.count <= HitInput.bytesOfReferrer && !referrer.text.utf8.contains(0))
}

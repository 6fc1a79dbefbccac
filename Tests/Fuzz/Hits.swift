import Analytics

/// Checks the invariants of a hit from any input.
func examine(_ hit: HitInput) {
    precondition((1...HitInput.charactersOfName).contains(hit.name.unicodeScalars.count))
    let texts: [(String?, limit: Int)] = [
        (hit.title, 500), (hit.referrer, 2_048), (hit.visitor, 128), (hit.id?.text, 128), (hit.ip, 64), (hit.key, 64),
        (hit.screen, 11), (hit.viewport, 11), (hit.language, 35), (hit.timezone, 64), (hit.currency, 3),
        (hit.userAgent, 512), (hit.given.country, 2), (hit.given.region, 200), (hit.given.city, 200),
        (hit.given.browser, 200), (hit.given.browserVersion, 200), (hit.given.os, 200), (hit.given.osVersion, 200),
        (hit.given.device, 200), (hit.given.source, 200), (hit.url?.rawPath, 2_048),
    ]
    for case (let text?, let limit) in texts {
        precondition(text.utf8.count <= limit && !text.utf8.contains(0))
    }
    precondition((hit.scroll.map { (0...100).contains($0) } ?? true) && (hit.engaged ?? 0) >= 0)
    precondition((hit.scroll == nil && hit.engaged == nil) || hit.name == "engagement")
    precondition(hit.bytes >= MemoryLayout<HitInput>.stride)
    if let url = hit.url { examine(url) }
    if let props = hit.props {
        // What was written is read again as it is.
        var again = Properties()
        again.add(object: props.utf8Span.span)
        precondition(again.object == props && !again.isTrimmed)
    }
}

/// Checks the invariants of an address from any input.
func examine(_ url: PageURL) {
    precondition(url.host.map { Hostname.isHost($0[...]) } ?? true)
    var settings = SiteSettings()
    settings.keepsFragment = true
    settings.queryParameters = ["a", "b"]
    for settings in [settings, SiteSettings()] {
        let path = url.path(of: settings)
        precondition((1...PageURL.maximumBytes).contains(path.utf8.count) && !path.utf8.contains(0))
    }
    if let site = fuzzedSite { examine(Attribution(url: url, referrer: "https://www.google.com/", of: site)) }
}

/// The site of all addresses; its name is valid.
let fuzzedSite = (try? SiteName(parsing: [UInt8(ascii: "a")].span)).map {
    Site(
        id: Site.standard,
        uuid: .random(),
        name: $0,
        hostnames: ["a.example", "*.b.example"].compactMap(Hostname.init)
    )
}

/// Checks the invariants of an origin from any input.
func examine(_ attribution: Attribution) {
    guard let origin = attribution.origin else { return }
    precondition(origin.channel == attribution.channel.channel.rawValue)
    precondition((origin.source == nil) == (attribution.sourceFrom == .none))
    for text in [origin.utmSource, origin.utmMedium, origin.utmCampaign, origin.utmContent, origin.utmTerm] {
        precondition(text.map { (1...Campaign.maximumBytes).contains($0.utf8.count) && !$0.utf8.contains(0) } ?? true)
    }
    for text in [origin.source, origin.referrer] {
        precondition(
            text.map { (1...HitInput.bytesOfReferrer).contains($0.utf8.count) && !$0.utf8.contains(0) } ?? true
        )
    }
}

import Analytics

extension HitInput {
    /// The most characters (Unicode scalars) of a name.
    package static let charactersOfName = 120
    /// The most bytes of an id of a browser or device.
    static let bytesOfVisitor = 128
    /// The greatest age, a day in milliseconds.
    static let greatestAge = 86_400_000

    static let bytesOfURL = PageURL.maximumBytes
    static let bytesOfTitle = 500
    static let bytesOfReferrer = 2_048
    static let bytesOfUserAgent = 512
    /// The most bytes of a text of `Given`.
    static let bytesOfGiven = 200
    /// The most bytes of an address, a key and the name of a time zone, all of which are shorter.
    static let bytesOfToken = 64
}

extension HitInput {
    /// The memory that a hit takes, in bytes, as an estimate for the budget of bodies.
    package var bytes: Int {
        let texts = [
            site?.text, key, name, url?.scheme, url?.host, url?.rawPath, url?.rawQuery, url?.rawFragment, title,
            referrer,
            user?.text, visitor, id?.text, props, traits, screen, viewport, language, timezone, ip, userAgent,
            given.region, given.city, given.browser, given.browserVersion, given.os, given.osVersion, given.device,
            given.source,
        ]
        // A longer text is an object on the heap, with a header.
        let onHeap = texts.reduce(0) { $0 + ($1.map { $0.utf8.count > 15 ? $0.utf8.count + 32 : 0 } ?? 0) }
        return MemoryLayout<HitInput>.stride + onHeap + trimmed.count * 32
    }
}

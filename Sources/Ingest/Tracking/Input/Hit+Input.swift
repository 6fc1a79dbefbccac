package import Analytics

extension Hit {
    /// Makes a hit of what its sender told; who is counted is found out afterwards.
    ///
    /// - Parameters:
    ///   - input: The description.
    ///   - site: The site.
    ///   - time: The time of the hit.
    ///   - isServer: True with a server key, whose given fields count.
    package init(_ input: HitInput, site: Site, time: Timestamp, isServer: Bool) {
        self.init(
            time: time,
            site: site.id,
            name: input.name,
            flags: input.isInteractive ? .interactive : []
        )
        if !isServer { flags.insert(.untrusted) }
        let given = isServer ? input.given : HitInput.Given()
        host = input.url?.host
        path = input.url?.path(of: site.settings)
        title = input.title
        place = Place(given, zone: input.timezone)
        agent = Agent(given, screen: input.screen, language: input.language)
        origin = Attribution(url: input.url, referrer: input.referrer, given: given.source, of: site).origin
        scroll = input.scroll
        engaged = input.engaged
        value = input.value
        currency = input.currency
        props = input.props
        id = input.id
    }
}

extension Place {
    /// The place that is given; nil if nothing of it is.
    fileprivate init?(_ given: HitInput.Given, zone: String?) {
        self.init()
        country = given.country
        region = given.region
        city = given.city
        self.zone = zone
        if self == Place() { return nil }
    }
}

extension Agent {
    /// The software and the device that are given; nil if nothing of them is.
    fileprivate init?(_ given: HitInput.Given, screen: String?, language: String?) {
        self.init()
        browser = given.browser
        browserVersion = given.browserVersion
        os = given.os
        osVersion = given.osVersion
        device = given.device
        self.screen = screen
        self.language = language
        if self == Agent() { return nil }
    }
}

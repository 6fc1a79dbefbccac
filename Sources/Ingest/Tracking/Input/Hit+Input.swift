package import Analytics

extension Hit {
    /// Makes a hit of what its sender told; who is counted is found out afterwards.
    ///
    /// - Parameters:
    ///   - input: The description.
    ///   - site: The site.
    ///   - time: The time of the hit.
    ///   - isServer: True with a server key, whose given fields count.
    ///   - enrichment: The details that were found out; nil for those that follow from the description alone.
    package init(
        _ input: HitInput,
        site: Site,
        time: Timestamp,
        isServer: Bool,
        enrichment: Enrichment? = nil
    ) {
        self.init(
            time: time,
            site: site.id,
            name: input.name,
            flags: input.isInteractive ? .interactive : []
        )
        if !isServer { flags.insert(.untrusted) }
        host = input.url?.host
        path = input.url?.path(of: site.settings)
        title = input.title
        scroll = input.scroll
        engaged = input.engaged
        value = input.value
        currency = input.currency
        props = input.props
        id = input.id
        take(enrichment ?? Enrichment(input, of: site, isServer: isServer), input)
    }
}

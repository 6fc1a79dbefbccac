extension AgentRules {
    /// Reads what a request tells about the client; takes some 0.1 ms, and up to 2 ms with a hostile agent.
    package func facts(of request: AgentRequest) -> AgentFacts {
        let agent = request.agent.utf8Span.span
        let searcher = Searcher()
        let device = devices.first { searcher.finds($0.pattern, in: agent) }
        let brand = request.hints.brands.flatMap(Brand.first)
        var facts = AgentFacts()
        facts.note(bot(in: agent, device?.device, brand, with: searcher))
        guard facts.bot == nil else { return facts }
        facts.note(browser: agents.first(in: agent, with: searcher), brand: brand)
        facts.note(os: systems.first(in: agent, with: searcher), in: request)
        facts.note(device, hints: request.hints)
        return facts
    }

    /// The bot that a request is from, and the reason; nil if it is from a browser.
    private func bot(
        in agent: Span<UInt8>,
        _ device: DeviceClass?,
        _ brand: Brand?,
        with searcher: borrowing Searcher
    ) -> (Bot, Reason)? {
        if agent.indices.allSatisfy({ agent[$0] <= UInt8(ascii: " ") }) { return (Bot(), .missing) }
        if let brand, brand.isHeadless { return (Bot(name: brand.name, kind: Bot.automation), .hint(.brands)) }
        // Television sets and consoles have much in their agents that looks like a bot.
        guard device != .tv, device != .console else { return nil }
        guard let pattern = bots.first(where: { searcher.finds($0, in: agent) }) else { return nil }
        let bot = crawlers.find(in: agent, with: searcher) ?? Bot(kind: Bot.otherKind)
        return (bot, .rule(pattern.text))
    }
}

extension AgentFacts {
    fileprivate mutating func note(_ found: (bot: Bot, reason: Reason)?) {
        bot = found?.bot
        reasons.bot = found?.reason
    }

    /// Takes the browser from the brand if it says more than the agent.
    fileprivate mutating func note(browser finding: NameRule.Finding?, brand: Brand?) {
        let named = finding?.name.flatMap(NameFolding.browser)
        if let brand, named == nil || !brand.isGeneric {
            browser = brand.name
            browserVersion = brand.version
            reasons.browser = .hint(.brands)
        } else if let finding, let named {
            browser = named
            browserVersion = finding.version
            reasons.browser = .rule(finding.pattern)
        }
    }

    /// Takes the system from the agent, and then what the hints tell besides.
    fileprivate mutating func note(os finding: NameRule.Finding?, in request: AgentRequest) {
        if let finding, let name = finding.name.flatMap(NameFolding.system) {
            noteSystem(name, finding, in: request.agent)
        }
        // A Linux may have a name in the agent.
        if let hinted = request.hints.os, hinted != os, os == nil || hinted != SystemName.linux {
            os = hinted
            osVersion = nil
            reasons.os = .hint(.platform)
            reasons.osVersion = nil
        }
        if let os, os == request.hints.os ?? os, let version = request.hints.version(of: os) {
            osVersion = version
            reasons.osVersion = .hint(.platformVersion)
        }
    }

    private mutating func noteSystem(_ name: String, _ finding: NameRule.Finding, in agent: String) {
        os = name
        osVersion = finding.version
        reasons.os = .rule(finding.pattern)
        reasons.osVersion = finding.version == nil ? nil : .rule(finding.pattern)
        if name == SystemName.iOS {
            noteApple(in: agent)
        } else if let version = finding.version, FrozenVersions.isFrozen(version, of: name, in: agent) {
            osVersion = "\(version)+"
            reasons.osVersion = .frozen(finding.pattern)
        }
    }

    private mutating func noteApple(in agent: String) {
        if agent.contains("iPad") {
            os = SystemName.iPadOS
            reasons.os = .iPad
        }
        let major = browserVersion.flatMap { VersionNumbers($0).major } ?? 0
        // Other browsers, and views of pages in apps, still tell the version of the system.
        if browser == "Safari", major >= 26 {
            osVersion = browserVersion
            reasons.osVersion = .safari
        }
    }

    /// Takes the class of the device from the hint if it is one of a phone or a tablet.
    fileprivate mutating func note(_ rule: DeviceRule?, hints: ClientHints) {
        device = rule?.device
        reasons.device = (rule?.pattern.text).map(Reason.rule)
        guard let isMobile = hints.isMobile else { return }
        if isMobile, device != .phone {
            device = .phone
            reasons.device = .hint(.mobile)
        } else if !isMobile, device == .phone, os == SystemName.android {
            device = .tablet
            reasons.device = .hint(.mobile)
        }
    }
}

package import Analytics

extension Hit {
    /// A hit with all its columns, by random numbers; each may be missing.
    package static func random(using generator: inout some RandomNumberGenerator) -> Hit {
        func maybe<T>(_ value: T) -> T? { Bool.random(using: &generator) ? value : nil }
        func word(_ name: String) -> String { "\(name)-\(Int.random(in: 0..<5, using: &generator)) é\u{1F600}" }
        var hit = Hit(
            time: Timestamp(milliseconds: .random(in: 0...Timestamp.latest.milliseconds, using: &generator)),
            site: SiteID(rawValue: .random(in: 1...3, using: &generator)),
            name: ["pageview", "click", "impression", "Sign up"].randomElement(using: &generator) ?? "",
            flags: Flags(rawValue: .random(in: 0..<16, using: &generator))
        )
        hit.visitor = maybe(Visitor(rawValue: .random(in: 0...UInt64.max, using: &generator)))
        hit.host = maybe(word("host"))
        hit.path = maybe("/" + word("path"))
        hit.title = maybe(word("title"))
        hit.place = maybe(.random(using: &generator))
        hit.agent = maybe(.random(using: &generator))
        hit.origin = maybe(.random(using: &generator))
        hit.scroll = maybe(.random(in: 0...100, using: &generator))
        hit.engaged = maybe(.random(in: 0...Int32.max, using: &generator))
        hit.value = Amount(millionths: .random(in: -Amount.limit...Amount.limit, using: &generator)).flatMap(maybe)
        hit.currency = maybe("EUR")
        hit.props = maybe(#"{"plan": "\#(word("plan"))", "seats": 3}"#)
        hit.user = maybe(.named(word("user")))
        hit.id = try? HitID(parsing: "hit-\(UInt64.random(in: 0...UInt64.max, using: &generator))")
        return hit
    }
}

extension Place {
    package static func random(using generator: inout some RandomNumberGenerator) -> Place {
        var place = Place()
        place.country = ["DE", "FR", nil].randomElement(using: &generator) ?? nil
        place.city = ["Ulm", "Lyon", nil].randomElement(using: &generator) ?? nil
        place.latitude = ["48.5", "-0.25", nil].randomElement(using: &generator) ?? nil
        return place
    }
}

extension Agent {
    package static func random(using generator: inout some RandomNumberGenerator) -> Agent {
        var agent = Agent()
        agent.browser = ["Firefox", "", nil].randomElement(using: &generator) ?? nil
        agent.screen = ["1920x1080", nil].randomElement(using: &generator) ?? nil
        return agent
    }
}

extension Origin {
    package static func random(using generator: inout some RandomNumberGenerator) -> Origin {
        var origin = Origin()
        origin.source = ["Google", "News", nil].randomElement(using: &generator) ?? nil
        origin.utmTerm = ["quoted \"term\"", nil].randomElement(using: &generator) ?? nil
        return origin
    }
}

package import Analytics
package import Postgres

extension Hit {
    /// All columns as text, as `Connection.hitLines` gives them.
    package var line: String {
        let numbers: [String?] = [
            "\(time.milliseconds)", "\(site.rawValue)",
            visitor.map { "\(Int64(bitPattern: $0.rawValue))" },
        ]
        let texts: [String?] = [
            name, host, path, title,
            place?.country, place?.region, place?.city, place?.latitude,
            agent?.browser, agent?.screen, origin?.source, origin?.utmTerm,
        ]
        let rest: [String?] = [
            "\(flags.rawValue)", scroll.map { "\($0)" }, engaged.map { "\($0)" }, value?.description, currency, props,
        ]
        return (numbers + texts + rest).map { $0 ?? "NULL" }.joined(separator: "|")
    }
}

extension Connection {
    /// The stored hits with the entries that they refer to, as text, without the flag that tells when they came.
    package func hitLines() async throws -> [String] {
        try values(
            """
            SELECT array_to_string(ARRAY[
                (extract(epoch FROM ts) * 1000)::bigint::text, hit.site_id::text, visitor::text,
                name.text, host.text, path.text, title.text,
                country, region, city, latitude::text,
                browser, screen, source, utm_term,
                (flags & ~32)::text, scroll::text, engaged::text, trim_scale(value)::text, currency, props::text
            ], '|', 'NULL')
              FROM hourglass.hit
              JOIN hourglass.name ON name.id = name_id AND name.site_id = hit.site_id
              LEFT JOIN hourglass.host ON host.id = host_id AND host.site_id = hit.site_id
              LEFT JOIN hourglass.path ON path.id = path_id AND path.site_id = hit.site_id
              LEFT JOIN hourglass.title ON title.id = title_id AND title.site_id = hit.site_id
              LEFT JOIN hourglass.place ON place.id = place_id AND place.site_id = hit.site_id
              LEFT JOIN hourglass.agent ON agent.id = agent_id AND agent.site_id = hit.site_id
              LEFT JOIN hourglass.origin ON origin.id = origin_id AND origin.site_id = hit.site_id
            """
        ).compactMap { $0.first ?? nil }
    }
}

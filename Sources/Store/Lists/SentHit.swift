import Analytics
import Postgres

/// A hit as it was sent, with the ids of its texts.
struct SentHit: Hashable, Sendable {
    let time: Timestamp
    /// The bits of the visitor.
    let visitor: Int?
    let flags: Hit.Flags
    let name: Int?
    let host: Int?
    let path: Int?
    let title: Int?
    let place: Int?
    let agent: Int?
    let origin: Int?
    let scroll: Int?
    let engaged: Int?
    let value: Amount?
    let currency: String?
    /// The properties, as a JSON object.
    let props: String?

    /// The columns of the view `sent_hit`, as `init` reads them.
    static let columns = """
        ts, visitor, flags, name_id, host_id, path_id, title_id, place_id, agent_id, origin_id, scroll, engaged, \
        (value * 1000000)::bigint, currency::text, props::text
        """
    static let columnCount = 15

    init(_ row: borrowing StreamedRow) throws(PostgresDecodingError) {
        guard let microseconds = try row.integer(at: 0) else {
            throw PostgresDecodingError(reason: "a hit without a time")
        }
        time = Timestamp(PostgresTimestamp(microseconds: microseconds))
        visitor = try row.integer(at: 1)
        flags = Hit.Flags(rawValue: Int16(truncatingIfNeeded: try row.integer(at: 2) ?? 0))
        (name, host) = (try row.integer(at: 3), try row.integer(at: 4))
        (path, title) = (try row.integer(at: 5), try row.integer(at: 6))
        (place, agent, origin) = (try row.integer(at: 7), try row.integer(at: 8), try row.integer(at: 9))
        (scroll, engaged) = (try row.integer(at: 10), try row.integer(at: 11))
        value = try row.integer(at: 12).flatMap { Amount(millionths: $0) }
        currency = try row.binaryText(at: 13)
        props = try row.binaryText(at: 14)
    }

    /// The values of the columns of `ListQuery.Kind.events`.
    func values(_ texts: TextCache) -> [ListedRow.Value?] {
        let user = flags.contains(.namedUser) ? visitor.flatMap { texts.users[$0] } : nil
        let page: [ListedRow.Value?] = [
            .text(time.textInMilliseconds), name.flatMap { texts.names[$0] }.map { .text($0) },
            host.flatMap { texts.hosts[$0] }.map { .text($0) }, path.flatMap { texts.paths[$0] }.map { .text($0) },
            title.flatMap { texts.titles[$0] }.map { .text($0) }, user.map { .text($0) },
            user == nil ? visitor.map { .text(Visitor(rawValue: UInt64(bitPattern: Int64($0))).hexadecimal) } : nil,
        ]
        let client = ListedRow.values(
            origin.flatMap { texts.origins[$0] },
            place.flatMap { texts.places[$0] },
            agent.flatMap { texts.agents[$0] }
        )
        return page + client + [
            value.map { .json($0.description) }, currency.map { .text($0) }, scroll.map { .number($0) },
            engaged.map { .number($0) }, .flag(flags.contains(.interactive)), .flag(flags.contains(.bot)),
            props.map { .json($0) },
        ]
    }
}

extension ListedRow {
    /// The values of the columns of the origin and the client, of events and of visits.
    static func values(_ origin: Origin?, _ place: Place?, _ agent: Agent?) -> [Value?] {
        let texts = [
            origin?.source, origin?.channel, origin?.referrer, origin?.utmSource, origin?.utmMedium,
            origin?.utmCampaign, origin?.utmContent, origin?.utmTerm, place?.country, place?.region, place?.city,
            agent?.browser, agent?.browserVersion, agent?.os, agent?.osVersion, agent?.device, agent?.screen,
            agent?.language,
        ]
        return texts.map { $0.map { .text($0) } }
    }
}

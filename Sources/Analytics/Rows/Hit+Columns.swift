extension Hit: StoredRow {
    package static let table = "hit"

    package static let blank = Hit(time: Timestamp(milliseconds: 0))

    package static let columns: [Column<Hit>] = [
        Column("ts", field: "timestamp", .time) {
            .time($0.time)
        } set: { hit, value throws(MalformedRow) in
            hit.time = try value.time()
        },
        Column("site_id", .integer) {
            .integer($0.site.rawValue)
        } set: { hit, value throws(MalformedRow) in
            hit.site = SiteID(rawValue: try value.integer())
        },
        Column("visitor", .bigint) {
            $0.visitor.map { .bigint(Int64(bitPattern: $0.rawValue)) } ?? .null
        } set: { hit, value throws(MalformedRow) in
            hit.visitor = try value.optionalBigint().map { Visitor(rawValue: UInt64(bitPattern: $0)) }
        },
        Column("name_id", field: "name", .entry(.name)) {
            .entry(.name($0.name))
        } set: { hit, value throws(MalformedRow) in
            guard case .name(let name)? = try value.entry() else { throw MalformedRow() }
            hit.name = name
        },
        Column("host_id", field: "host", .entry(.host)) {
            $0.host.map { .entry(.host($0)) } ?? .null
        } set: { hit, value throws(MalformedRow) in
            if case .host(let host)? = try value.entry() { hit.host = host }
        },
        Column("path_id", field: "path", .entry(.path)) {
            $0.path.map { .entry(.path($0)) } ?? .null
        } set: { hit, value throws(MalformedRow) in
            if case .path(let path)? = try value.entry() { hit.path = path }
        },
        Column("title_id", field: "title", .entry(.title)) {
            $0.title.map { .entry(.title($0)) } ?? .null
        } set: { hit, value throws(MalformedRow) in
            if case .title(let title)? = try value.entry() { hit.title = title }
        },
        Column("place_id", field: "place", .entry(.place)) {
            $0.place.map { .entry(.place($0)) } ?? .null
        } set: { hit, value throws(MalformedRow) in
            if case .place(let place)? = try value.entry() { hit.place = place }
        },
        Column("agent_id", field: "agent", .entry(.agent)) {
            $0.agent.map { .entry(.agent($0)) } ?? .null
        } set: { hit, value throws(MalformedRow) in
            if case .agent(let agent)? = try value.entry() { hit.agent = agent }
        },
        Column("origin_id", field: "origin", .entry(.origin)) {
            $0.origin.map { .entry(.origin($0)) } ?? .null
        } set: { hit, value throws(MalformedRow) in
            if case .origin(let origin)? = try value.entry() { hit.origin = origin }
        },
        Column("flags", .smallint) {
            .smallint($0.flags.rawValue)
        } set: { hit, value throws(MalformedRow) in
            hit.flags = Flags(rawValue: try value.smallint())
        },
        Column("scroll", .smallint) {
            $0.scroll.map { .smallint($0) } ?? .null
        } set: { hit, value throws(MalformedRow) in
            hit.scroll = try value.optionalSmallint()
        },
        Column("engaged", .integer) {
            $0.engaged.map { .integer($0) } ?? .null
        } set: { hit, value throws(MalformedRow) in
            hit.engaged = try value.optionalInteger()
        },
        Column("value", .amount) {
            $0.value.map { .amount($0) } ?? .null
        } set: { hit, value throws(MalformedRow) in
            hit.value = try value.optionalAmount()
        },
        Column("currency", .text) {
            $0.currency.map { .text($0) } ?? .null
        } set: { hit, value throws(MalformedRow) in
            hit.currency = try value.optionalText()
        },
        Column("props", .json) {
            $0.props.map { .json($0) } ?? .null
        } set: { hit, value throws(MalformedRow) in
            hit.props = try value.optionalJSON()
        },
        Column(nil, field: "id", .text) {
            $0.id.map { .text($0.text) } ?? .null
        } set: { hit, value throws(MalformedRow) in
            hit.id = try value.optionalText().map { (text) throws(MalformedRow) in try HitID(unpacked: text) }
        },
        Column(nil, field: "user", .text) {
            $0.user.map { .text($0.text) } ?? .null
        } set: { hit, value throws(MalformedRow) in
            hit.user = try value.optionalText().map { (text) throws(MalformedRow) in try User(unpacked: text) }
        },
        Column(nil, field: "device", .bigint, since: StoredLayout.identities) {
            $0.device.map { .bigint(Int64(bitPattern: $0.rawValue)) } ?? .null
        } set: { hit, value throws(MalformedRow) in
            hit.device = try value.optionalBigint().map { Visitor(rawValue: UInt64(bitPattern: $0)) }
        },
    ]
}

extension HitID {
    /// Checks the text of an id from packed bytes.
    fileprivate init(unpacked text: String) throws(MalformedRow) {
        guard let id = try? HitID(parsing: text) else { throw MalformedRow() }
        self = id
    }
}

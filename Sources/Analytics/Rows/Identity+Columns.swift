extension Identity: StoredRow {
    package static let table = "identity"

    package static let blank = Identity(
        time: Timestamp(milliseconds: 0),
        site: Site.standard,
        visitor: Visitor(rawValue: 0),
        user: User(stored: "")
    )

    package static let columns: [Column<Identity>] = [
        Column("ts", field: "timestamp", .time, since: StoredLayout.identities) {
            .time($0.time)
        } set: { identity, value throws(MalformedRow) in
            identity.time = try value.time()
        },
        Column("site_id", .integer, since: StoredLayout.identities) {
            .integer($0.site.rawValue)
        } set: { identity, value throws(MalformedRow) in
            identity.site = SiteID(rawValue: try value.integer())
        },
        Column("visitor", .bigint, since: StoredLayout.identities) {
            .bigint(Int64(bitPattern: $0.visitor.rawValue))
        } set: { identity, value throws(MalformedRow) in
            guard let visitor = try value.optionalBigint() else { throw MalformedRow() }
            identity.visitor = Visitor(rawValue: UInt64(bitPattern: visitor))
        },
        Column("user_id", field: "user", .text, since: StoredLayout.identities) {
            .text($0.user.text)
        } set: { identity, value throws(MalformedRow) in
            identity.user = try User(unpacked: try value.text())
        },
        Column("device", .bigint, since: StoredLayout.identities) {
            $0.device.map { .bigint(Int64(bitPattern: $0.rawValue)) } ?? .null
        } set: { identity, value throws(MalformedRow) in
            identity.device = try value.optionalBigint().map { Visitor(rawValue: UInt64(bitPattern: $0)) }
        },
        Column("traits", .json, since: StoredLayout.identities) {
            $0.traits.map { .json($0) } ?? .null
        } set: { identity, value throws(MalformedRow) in
            identity.traits = try value.optionalJSON()
        },
    ]
}

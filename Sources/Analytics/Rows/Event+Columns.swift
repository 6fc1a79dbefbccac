extension Event: StoredRow {
    package static let table = "event"

    package static let blank = Event(time: Timestamp(milliseconds: 0), user: User(stored: ""), kind: .click)

    package static let columns: [Column<Event>] = [
        Column("ts", field: "timestamp", .time) {
            .time($0.time)
        } set: { event, value throws(MalformedRow) in
            event.time = try value.time()
        },
        Column("site_id", .integer) {
            .integer($0.site.rawValue)
        } set: { event, value throws(MalformedRow) in
            event.site = SiteID(rawValue: try value.integer())
        },
        Column("kind", field: "event", .smallint) {
            .word($0.kind.rawValue, $0.kind.word)
        } set: { event, value throws(MalformedRow) in
            guard let kind = Kind(rawValue: try value.smallint()) else { throw MalformedRow() }
            event.kind = kind
        },
        Column("user_id", field: "user", .text) {
            .text($0.user.text)
        } set: { event, value throws(MalformedRow) in
            event.user = try User(unpacked: try value.text())
        },
    ]
}

extension Event.Kind {
    /// The word for it in requests.
    package var word: String {
        switch self {
        case .click: "click"
        case .impression: "impression"
        }
    }
}

extension User {
    /// Checks the text of a user from packed bytes.
    init(unpacked text: String) throws(MalformedRow) {
        guard let user = try? User(parsing: text.utf8Span.span) else { throw MalformedRow() }
        self = user
    }
}

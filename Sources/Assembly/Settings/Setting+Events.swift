import Ingest
import Store

// Settings of the events and how long they are kept.
extension Setting {
    package static let earliest = Setting(
        "earliest",
        \.earliest,
        .seconds,
        help: "Earliest time of an event, in seconds since 1970"
    )
    package static let ahead = Setting(
        "ahead",
        \.ahead,
        .seconds(0...315_360_000),
        help: "How far an event may be ahead of the server's clock, in seconds"
    )
    package static let queue = Setting(
        "queue",
        \.queue.pending,
        .number(1...100_000_000),
        help: "Events that may wait to be stored before requests are answered 503"
    )
    package static let liveUsers = Setting(
        "live-users",
        \.store.live.users,
        .number(0...1_000_000_000),
        help:
            "Users of the last hours to keep in memory, each once for every hour; beyond that, and with 0, the database "
            + "answers"
    )
    package static let retention = Setting(
        "retention",
        \.maintenance.retention,
        .days,
        help:
            "Days after which events are dropped, by whole weeks, and no more are taken, while answers about them stay; "
            + "hits go a week later, and leave the totals of their dates; 0 keeps both"
    )
    package static let compressAfter = Setting(
        "compress-after",
        \.maintenance.compressAfter,
        .days,
        help: "Days after which TimescaleDB compresses the events of a week; 0 never does"
    )
}

import Assembly
import FoundationEssentials
import Store

/// The findings about the server of the database.
struct DatabaseFindings {
    /// The oldest and the newest major version that the tests run with.
    private static let versions = 15...18
    /// The seconds by which clocks may differ: a question and its answer take a part of that.
    private static let allowedSkew = 1.0
    private static let leastBuffers = 128 << 20
    /// A chunk and its indexes are locks of their own.
    private static let leastLocks = 64

    let facts: DatabaseFacts
    /// This machine's clock at the time of the facts, in seconds since 1970.
    let now: Double
    /// The connections that a server opens.
    let connections: Int
    /// True if no flavour is set, so that TimescaleDB is taken where it is.
    let choosesFlavour: Bool

    var all: [Finding] { [version, clock, durability, vacuum, room, memory, timescale] + keeping }

    private var version: Finding {
        let major = facts.version / 10_000
        guard Self.versions.contains(major) else {
            return .failure("postgresql", "version \(major)", "use PostgreSQL 15 to 18")
        }
        return .ok("postgresql", "version \(major).\(facts.version % 10_000)")
    }

    private var clock: Finding {
        let skew = abs(facts.clock - now)
        guard skew > Self.allowedSkew else { return .ok("clock", "as that of the database") }
        let text = "\(Int(exactly: min(skew, 1e9).rounded()) ?? 0) s from that of the database"
        return .failure(
            "clock",
            text,
            "let both machines follow a time server: apt install systemd-timesyncd or chrony"
        )
    }

    private var durability: Finding {
        let off = [("fsync", facts.fsync), ("full_page_writes", facts.fullPageWrites)].filter { !$0.1 }.map(\.0)
        guard !off.isEmpty else { return .ok("durability", "fsync and full_page_writes are on") }
        let names = off.joined(separator: " and ")
        return .failure(
            "durability",
            "\(names) off: a crash may lose or damage acknowledged events",
            "set \(names) to on in postgresql.conf"
        )
    }

    private var vacuum: Finding {
        guard facts.autovacuum else {
            return .failure(
                "autovacuum",
                "off: tables grow, and answers get slow",
                "set autovacuum to on in postgresql.conf"
            )
        }
        guard let table = facts.bloated else { return .ok("autovacuum", "on, and keeps up") }
        // The server's login owns no table.
        return .warning(
            "autovacuum",
            "has not kept up: \(table.deadRows) dead rows in \(table.name)",
            "run VACUUM (ANALYZE) \(table.name) as a superuser or as the owner of the schema"
        )
    }

    private var room: Finding {
        guard facts.allowance < connections else {
            return .ok("connections", "\(facts.allowance) allowed, a server opens \(connections)")
        }
        return .warning(
            "connections",
            "\(facts.allowance) allowed, a server opens \(connections): answers and maintenance may wait",
            "raise max_connections or the limit of the role, or lower \(Setting.writers.variable) and "
                + Setting.readers.variable
        )
    }

    private var memory: Finding {
        if facts.locksPerTransaction < Self.leastLocks {
            return .warning(
                "memory",
                "max_locks_per_transaction is \(facts.locksPerTransaction)",
                "set it to \(Self.leastLocks) or more: each chunk of a question takes locks"
            )
        }
        guard facts.sharedBuffers < Self.leastBuffers else {
            return .ok("memory", "shared_buffers of \(facts.sharedBuffers >> 20) MiB")
        }
        return .warning(
            "memory",
            "shared_buffers of \(facts.sharedBuffers >> 20) MiB",
            "set it to a quarter of the machine's memory"
        )
    }

    /// The finding about the retention of sites; none if it cannot be asked for.
    private var keeping: [Finding] {
        guard let overdue = facts.overdue else { return [] }
        guard overdue.sites > 0 else {
            return [.ok("retention", "no site keeps hits or events for longer than it is set to")]
        }
        let sites = overdue.sites == 1 ? "1 site keeps" : "\(overdue.sites) sites keep"
        return [
            .warning(
                "retention",
                "\(sites) hits or events that should be gone, for \(overdue.days) days at most",
                "see that a server runs, and what its log says about maintenance and dates that cannot be counted"
            )
        ]
    }

    private var timescale: Finding {
        switch (facts.timescale, facts.availableTimescale) {
        case (nil, nil): .ok("timescaledb", "not installed: weekly partitions take its place")
        case (nil, let available?):
            choosesFlavour
                ? .note("timescaledb", "\(available) is installed, and this database does without it")
                : .ok("timescaledb", "not used, as set")
        case (let version?, let available?) where version != available:
            .warning(
                "timescaledb",
                "\(version) in the database, \(available) on the machine",
                "run ALTER EXTENSION timescaledb UPDATE in a new session, as a superuser"
            )
        case (let version?, _): .ok("timescaledb", "version \(version)")
        }
    }
}

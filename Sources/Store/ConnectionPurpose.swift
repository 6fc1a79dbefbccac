/// A purpose for which connections to the database are opened.
///
/// This is the one list of them: the pools of the store, the warning about a low limit, `max_connections` of the
/// embedded database and the README's formula follow from it. If the database allows fewer connections than are needed,
/// the purposes are served in the order of the list.
package enum ConnectionPurpose: Int, CaseIterable, Sendable {
    /// Storing batches, and following the registry of sites and keys, without which nothing is stored for a named site.
    case storing
    /// Answering questions.
    case answering
    /// Closing hours, refreshing aggregates, dropping and compressing old events.
    case maintaining
    /// Following the events that other servers store.
    case following
    /// Building reports, of which few are built at the same time: each takes memory and processor time.
    case reporting
    /// Letting accounts in, and changing accounts and sites for them.
    case managing
    /// Reading lists of what was sent, some of which go to slow clients, and following the sites that are watched.
    case listing
    /// Asking people's own questions in SQL, by a login of its own.
    case querying
    /// Checking the database at the start; these connections are closed afterwards.
    case checking
    /// Everything that the embedded database needs room for besides: migrations, an administrator with `psql`, the
    /// connections that PostgreSQL reserves for superusers, and those given up that PostgreSQL has not ended yet.
    case spare

    /// True if a running server keeps the connections with its own login.
    var isLasting: Bool { self != .checking && self != .spare && self != .querying }

    /// The place in the order in which pools are served.
    var rank: Int { rawValue }

    /// The role that a session takes; nil for that of the login.
    var role: String? {
        switch self {
        case .storing: "hourglass_ingest"
        case .answering, .reporting, .following, .listing: "hourglass_read"
        case .maintaining: "hourglass_maintain"
        case .managing: "hourglass_registry"
        case .querying, .checking, .spare: nil
        }
    }

    /// The statements that a session begins with.
    ///
    /// The search path puts the views of a role, if it has any, before the tables of the same names. JIT is off because
    /// compiling a query takes longer than running any of these. `work_mem` is 64 MB because the users of an hour are
    /// united in memory, which the default of 4 MB would spill to the disk. Reports join all hits of a period with all
    /// aliases; before the first ANALYZE a nested loop would seem to be the shortest way.
    var setup: String {
        guard let role else { return "" }
        let common = "SET ROLE \(role); SET search_path = \(role), hourglass; SET jit = off;"
        return switch self {
        case .answering: common + "SET work_mem = '64MB';"
        case .reporting: common + "SET statement_timeout = '10s'; SET enable_nestloop = off;"
        case .listing: common + "SET statement_timeout = '10s'; SET idle_in_transaction_session_timeout = '2min';"
        case .managing: common + "SET statement_timeout = '10s';"
        case .maintaining: common + "SET work_mem = '64MB'; SET statement_timeout = '10min';"
        default: common
        }
    }
}

extension PostgresStore.Configuration {
    /// The most connections for a purpose at the same time.
    package func connections(for purpose: ConnectionPurpose) -> Int {
        switch purpose {
        case .storing: writers
        case .answering: readers
        case .maintaining, .following: 1
        case .checking, .reporting, .managing, .querying: 2
        case .listing: 3
        case .spare: 16
        }
    }

    /// The most connections that a running server keeps with its own login.
    package var connections: Int {
        ConnectionPurpose.allCases.filter(\.isLasting).reduce(0) { $0 + connections(for: $1) }
    }

    /// The connections that a database needs room for if one server uses it.
    package var roomForConnections: Int {
        ConnectionPurpose.allCases.reduce(0) { $0 + connections(for: $1) }
    }
}

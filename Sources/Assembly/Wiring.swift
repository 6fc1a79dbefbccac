import Analytics
import Embedded
import GeoIP
import HTTP
import Ingest
package import Logging
import Registry
import Server
package import ServiceLifecycle
import Spool
import Store
package import Systemd
import Web

/// Puts the whole server together.
///
/// - Parameters:
///   - settings: All settings.
///   - database: The database, prepared.
///   - isReachable: True if the database has been checked; false to check it once it can be reached.
///   - notifier: Tells the service manager about the server; nil without one.
///   - version: The version of the program, for the metrics.
///   - logger: The server's.
/// - Returns: The services of the server, to be run together.
/// - Throws: `Spool.Failure`, `CertificateFailure`
package func wire(
    _ settings: Settings,
    _ database: Database,
    isReachable: Bool,
    notifier: ServiceNotifier?,
    version: String,
    logger: Logger
) throws -> [any Service] {
    let before: [(any Service)?] = [
        database.embedded.map { EmbeddedService($0) }, isReachable ? nil : DatabaseCheck(database: database),
    ]
    let server = try wire(
        settings,
        url: database.url,
        queryURL: database.queryURL,
        version: version,
        logger: logger
    ) { port in
        let url = settings.listeningURL(port: port)
        logger.info("ready", metadata: ["url": "\(url)"])
        notifier?.tellReady(status: "Serving on \(url)")
    }
    // The last service is shut down first: the service manager hears of the shutdown when it begins.
    return before.compactMap(\.self) + server + (notifier.map { [$0] } ?? [])
}

/// Puts the server together on a running database.
///
/// The first service is shut down last: requests end, then the queue is written, then the delivery of the spool ends
/// and the connections close.
///
/// - Parameters:
///   - settings: The settings of the server, its queue, its store, its maintenance and its spool.
///   - url: A connection URI or keyword string of libpq.
///   - queryURL: The same for the login by which people's own SQL is run; nil for none.
///   - version: The version of the program, for the metrics.
///   - logger: The server's.
///   - onReady: Called with the port, 0 for a Unix socket, once requests are accepted.
/// - Returns: The services of the server, to be run together.
/// - Throws: `Spool.Failure`, `CertificateFailure`
package func wire(
    _ settings: Settings,
    url: String,
    queryURL: String? = nil,
    version: String,
    logger: Logger,
    onReady: @escaping @Sendable (_ port: Int) async -> Void
) throws -> [any Service] {
    let certificate = try settings.certificate()
    let meters = Meters()
    let postgres = PostgresStore(
        url: url,
        configuration: settings.store,
        observeScan: meters.noteScan,
        logger: logger
    )
    let spooling = try settings.spoolDirectory.map { directory in
        let spool = try Spool(directory, limits: settings.spoolLimits)
        return SpoolingStore(spool, before: postgres, executor: postgres.writers.first, logger: logger)
    }
    let store: any EventStore = spooling ?? postgres
    let registry = SiteRegistry(
        pool: postgres.registryPool,
        cache: settings.spoolDirectory.map(RegistryCache.init(in:)),
        logger: logger
    )
    let accounts = Accounts(pool: postgres.accountPool)
    let places = settings.geoDatabaseFile.map { GeoLocator($0, temporary: settings.spoolDirectory, logger: logger) }
    // Before the first request, whose hits would have no place; half a second for 60 MB.
    places?.look()
    var limits = settings.queue
    limits.writers = settings.store.writers
    let batcher = Batcher(limits: limits, executors: postgres.writers, observe: meters.noteBatch) { batch in
        try await store.append(batch)
    }
    let realtime = Realtime(store: store)
    let library = queryURL.map { url in
        QueryLibrary(settings.queries, sessions: QuerySessions(url: url, store: postgres), logger: logger)
    }
    let (addresses, ready) = AsyncStream.makeStream(of: ServerAddress.self)
    let guide = SetupGuide(accounts: accounts, logger: logger, address: addresses)
    var server = settings.server
    server.http.certificate = certificate
    let application = buildApplication(
        settings: server,
        meters: meters,
        batcher: batcher,
        store: store,
        realtime: realtime,
        registry: registry,
        accounts: accounts,
        enricher: Enricher(settings, places: places, logger: logger),
        queries: library.map { $0.queries(after: spooling) } ?? .none,
        version: version,
        logger: logger,
        onReady: { port in
            await onReady(port)
            if let address = settings.address(port: port) { ready.yield(address) }
        }
    )
    let maintenance = postgres.maintenance(settings.maintenance)
    let reloader = certificate.map { CertificateReloader(certificate: $0, logger: logger) }
    let services: [(any Service)?] = [
        postgres, library, maintenance, maintenance.jobs, registry, guide, places, reloader, spooling, batcher,
        realtime,
        application,
    ]
    return services.compactMap(\.self)
}

extension QueryLibrary {
    /// The questions, which are not answered while acknowledged events have still to be stored.
    fileprivate func queries(after spooling: SpoolingStore?) -> SavedQueries {
        let own = queries
        guard let spooling else { return own }
        return SavedQueries(
            all: own.all,
            ask: { question in
                guard spooling.isCurrent else { throw QueryError.incomplete(.undelivered) }
                return try await own.ask(question)
            },
            columns: own.columns
        )
    }
}

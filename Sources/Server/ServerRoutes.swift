package import Analytics
package import HTTP
import Hummingbird
package import Ingest
package import Registry
import Web

/// All routes of the server, by noun.
package struct ServerRoutes: Sendable {
    let analytics: AnalyticsRoutes
    private let hours: HoursRoute
    private let lists: ListRoutes
    private let events: EventRoutes
    private let whoami: WhoamiRoute
    private let refusals: RefusalRoute
    private let tracker: TrackerRoutes
    /// The path below which a proxy serves all of it; empty for none.
    private let base: String
    private let pageAssets: PageAssetRoutes
    private let pages: PageRoutes
    #if DEBUG
        private let stories: StoryRoutes
    #endif
    private let query: QueryRoute
    private let queries: QueriesRoute
    private let stats: StatsRoutes
    private let present: PresentVisitorsRoute
    private let realtime: RealtimeRoute
    private let journeys: JourneyRoutes
    private let differences: DifferenceRoute
    private let reportTable: TableRoute
    private let trail: TrailReadingRoutes
    private let saved: SavedQueryRoutes
    private let users: UserRoutes
    private let jobs: JobRoutes
    private let site: SiteSettingsRoute
    private let keys: KeyRoutes
    private let shares: ShareRoutes
    private let goals: SiteListRoutes<GoalDocument>
    private let segments: SiteListRoutes<SegmentDocument>
    private let notes: SiteListRoutes<NoteDocument>
    private let health: HealthRoutes

    package init(
        settings: ServerSettings,
        meters: Meters,
        batcher: Batcher,
        store: any EventStore,
        realtime: Realtime,
        registry: SiteRegistry,
        accounts: Accounts,
        enricher: Enricher = Enricher(),
        queries savedQueries: SavedQueries = .none,
        version: String
    ) {
        let budget = BodyBudget(limit: settings.bodyMemory)
        let logins = LoginReader(
            accounts: accounts,
            cookie: LoginCookie(isSecure: settings.isEncrypted),
            sameOrigin: SameOrigin(origin: settings.publicURL?.origin)
        )
        let control = AccessControl(registry: registry, requiresKeys: settings.requiresKeys, logins: logins)
        let reader = BodyReader(settings: settings, budget: budget)
        let access = ReportAccess(control: control)
        let ownAccess = ReportAccess(control: control, dialect: .own)
        hours = HoursRoute(store: store, access: ownAccess)
        lists = ListRoutes(store: store, access: ownAccess)
        analytics = AnalyticsRoutes(
            settings: settings,
            meters: meters,
            batcher: batcher,
            store: store,
            control: control,
            reader: reader
        )
        events = EventRoutes(
            settings: settings,
            meters: meters,
            batcher: batcher,
            store: store,
            control: control,
            reader: reader,
            enricher: enricher,
            limit: SenderLimit(settings.senderRate),
            list: lists.handler(of: .events)
        )
        whoami = WhoamiRoute(events: events)
        refusals = RefusalRoute(store: store, control: control)
        tracker = TrackerRoutes(settings)
        base = settings.publicURL?.path ?? ""
        pageAssets = PageAssetRoutes(settings)
        let writer = PageWriter(
            links: settings.publicURL.map { Links($0) } ?? Links(),
            version: version,
            isEncrypted: settings.isEncrypted,
            registry: registry
        )
        pages = PageRoutes(
            settings,
            store: store,
            realtime: realtime,
            control: control,
            reader: reader,
            writer: writer,
            agents: enricher.agents,
            queries: savedQueries
        )
        #if DEBUG
            stories = StoryRoutes(writer: writer)
        #endif
        query = QueryRoute(store: store, access: access, reader: reader)
        queries = QueriesRoute(store: store, access: access, reader: reader)
        stats = StatsRoutes(store: store, access: access)
        present = PresentVisitorsRoute(store: store, access: access)
        self.realtime = RealtimeRoute(realtime: realtime, access: ownAccess)
        journeys = JourneyRoutes(store: store, access: ownAccess, reader: reader)
        differences = DifferenceRoute(store: store, access: ownAccess, reader: reader)
        reportTable = TableRoute(store: store, access: access)
        trail = TrailReadingRoutes(store: store, access: ReportAccess(control: control, dialect: .trail))
        let crumby = CrumbyReadingRoutes(store: store, access: ReportAccess(control: control, dialect: .crumby))
        saved = SavedQueryRoutes(store: store, access: ownAccess, queries: savedQueries, crumby: crumby)
        users = UserRoutes(store: store, control: control)
        jobs = JobRoutes(store: store, control: control)
        site = SiteSettingsRoute(control: control, reader: reader)
        keys = KeyRoutes(control: control, reader: reader)
        shares = ShareRoutes(control: control, reader: reader)
        goals = .goals(control, reader)
        segments = .segments(control, reader)
        notes = .notes(control, reader)
        health = HealthRoutes(
            meters: meters,
            batcher: batcher,
            budget: budget,
            store: store,
            realtime: realtime,
            registry: registry,
            enricher: enricher,
            paths: settings.writtenPaths,
            version: version
        )
    }

    /// The page about a problem, for somebody who looks at pages.
    @Sendable func errorPage(_ problem: Problem, _ request: Request, _ id: String) -> Response? {
        pages.errorPage(problem, request, id)
    }

    /// The pages with what they need.
    package var pageNeeds: [PageNeed.Entry] { pages.pages.map(PageNeed.Entry.init) }

    package var table: RouteTable {
        let collect = events.routes + [PixelRoute(events: events).route, whoami.route, refusals.route]
        let dialects = SnippetRoutes.routes + TrailRoutes(events: events).routes + CrumbyRoutes(events: events).routes
        let live = [present.route, realtime.route]
        let reading = [hours.route, query.route, queries.route, reportTable.route] + live + stats.routes + lists.routes
        let reports = reading + journeys.routes + [differences.route] + trail.routes + saved.routes
        #if DEBUG
            let pages = self.pages.routes + pageAssets.routes + stories.routes
        #else
            let pages = self.pages.routes + pageAssets.routes
        #endif
        return RouteTable(
            analytics.routes + pages + collect + tracker.routes + dialects + reports + [users.route] + jobs.routes
                + [site.route] + keys.routes + shares.routes + goals.routes + segments.routes + notes.routes
                + health.routes,
            base: base
        )
    }
}

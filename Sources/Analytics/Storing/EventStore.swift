/// Takes events and answers questions about them.
package protocol EventStore: Sendable {
    /// The first moment whose events are kept, as far as the store knows; nil when all are.
    var keptSince: Timestamp? { get }
    /// The numbers that the store counts and measures, for `/metrics`.
    ///
    /// No two have the same name and the same labels.
    var measurements: [Measurement] { get }

    /// Commits a batch, exactly once: the same batch may be sent again.
    ///
    /// - Returns: The outcome of each entry, in order.
    /// - Throws: `WriteError`.
    func append(_ batch: Batch) async throws -> [Outcome]

    /// Counts the events of a site in the hour that ends at a moment, both ends included.
    ///
    /// The counts are exact: they include every batch whose `append` has returned.
    ///
    /// - Throws: `QueryError`.
    func hour(of site: SiteID, endingAt moment: Timestamp) async throws -> HourReport

    /// Counts the events of a site in the hours that end at many moments, as of one time.
    ///
    /// - Parameters:
    ///   - site: The site.
    ///   - steps: The moments, within the limits of `HourSteps`.
    /// - Returns: The counts of each hour, both ends included.
    /// - Throws: `QueryError`
    func hours(of site: SiteID, endingAt steps: HourSteps) async throws -> [HourReport]

    /// The period that a range of dates is, in a zone.
    ///
    /// - Parameters:
    ///   - range: The range.
    ///   - date: The date that counts as today; nil for the current one.
    ///   - site: The site.
    ///   - zone: The zone.
    /// - Returns: The period.
    /// - Throws: `QueryError`
    func period(_ range: DateRange, on date: String?, of site: SiteID, zone: String) async throws -> Period

    /// Finds the last date that has hits of people or events, of those that are kept.
    ///
    /// - Parameters:
    ///   - site: The site.
    ///   - zone: The zone.
    /// - Returns: The date on the clock of the zone, such as `2026-11-25`; nil if there is none.
    /// - Throws: `QueryError`
    func lastDate(of site: SiteID, zone: String) async throws -> String?

    /// The parts into which a unit divides a period, on the clock of a zone.
    ///
    /// - Parameters:
    ///   - unit: The unit.
    ///   - period: The period; its minutes are as many rows.
    ///   - zone: The zone.
    /// - Returns: The parts with their labels.
    /// - Throws: `QueryError`
    func buckets(of unit: TimeUnit, in period: Period, zone: String) async throws -> Buckets

    /// Counts the hits and visits that a query asks for.
    ///
    /// The numbers are exact: they include every batch whose `append` has returned.
    ///
    /// - Throws: `QueryError`
    func report(_ query: Query) async throws -> Report

    /// Counts what many queries about a site ask for, together: those about the same hits as of one moment.
    ///
    /// - Parameter queries: The queries.
    /// - Returns: The answers, in the order of the queries.
    /// - Throws: `QueryError`
    func reports(_ queries: [Query]) async throws -> [Report]

    /// Counts the visitors who take steps one after another, exactly.
    ///
    /// - Throws: `QueryError`
    func funnel(_ query: FunnelQuery) async throws -> FunnelReport

    /// Counts the visitors who come again, exactly.
    ///
    /// - Throws: `QueryError`
    func retention(_ query: RetentionQuery) async throws -> RetentionReport

    /// Counts the pages before and after a page, exactly.
    ///
    /// - Throws: `QueryError`
    func paths(_ query: PathQuery) async throws -> PathReport

    /// Names the properties of hits, those of most hits first.
    ///
    /// - Parameter query: The hits, with the limit and offset of the names.
    /// - Returns: The names with their hits other than engagement, exactly.
    /// - Throws: `QueryError`
    func properties(_ query: Query) async throws -> [PropertyUse]

    /// Finds the visits of a period that meet filters, from the newest one or from a place on.
    ///
    /// - Throws: `QueryError`
    func visits(_ query: VisitQuery) async throws -> FoundVisits

    /// Finds a visit with some of its hits.
    ///
    /// - Parameters:
    ///   - key: The key of the visit.
    ///   - site: The site.
    ///   - offset: The number of hits before those that are wanted.
    /// - Returns: The visit; nil if no visit of the visitor starts then.
    /// - Throws: `QueryError`
    func visit(_ key: VisitKey, of site: SiteID, after offset: Int) async throws -> VisitCourse?

    /// Counts the hits that reports leave out.
    ///
    /// - Parameters:
    ///   - site: The site.
    ///   - period: The time of the hits.
    /// - Returns: The numbers.
    /// - Throws: `QueryError`
    func leftOut(of site: SiteID, in period: Period) async throws -> LeftOutHits

    /// Counts the hits of a period that were stored after its end, and more than a minute after their times.
    ///
    /// - Parameters:
    ///   - site: The site.
    ///   - period: The time of the hits, to the quarter of an hour.
    /// - Returns: The numbers; hits that were deleted since are among them.
    /// - Throws: `QueryError`
    func lateHits(of site: SiteID, in period: Period) async throws -> HitCounts

    /// The changes by which two answers about the same hits differ.
    ///
    /// - Parameters:
    ///   - site: The site.
    ///   - period: The time of the hits.
    ///   - zone: The zone of the dates by which hits are told.
    ///   - before: The moment of the first answer.
    ///   - after: The moment of the second one.
    /// - Returns: The changes.
    /// - Throws: `QueryError`
    func changes(
        of site: SiteID,
        in period: Period,
        zone: String,
        between before: Timestamp,
        and after: Timestamp
    ) async throws -> HitChanges

    /// Lists what a site has been sent.
    ///
    /// Hits that were stored before are in the list once. Those that are stored meanwhile may be, and do not change the
    /// order. The list ends when `take` throws.
    ///
    /// - Parameters:
    ///   - query: The question.
    ///   - take: What becomes of the elements, some thousands at a time; the reading waits for it.
    /// - Throws: `QueryError`, or the error of `take`.
    func list(_ query: ListQuery, _ take: @escaping @Sendable ([ListedRow]) async throws -> Void) async throws

    /// Follows what a site is sent, from the next reading on.
    ///
    /// - Parameter site: The site.
    /// - Returns: The hits of its last half hour, which take memory as long as they are kept.
    func recent(of site: SiteID) -> any RecentHits

    /// Notes hits that were refused; they are stored within seconds, as long as the database takes them.
    func note(_ refusals: [RefusedHit])

    /// The refusals of a site since a moment.
    ///
    /// - Throws: `QueryError`
    func refusals(of site: SiteID, since: Timestamp) async throws -> RefusalReport

    /// Counts the hits of a site that were refused, by the hours of their arrival.
    ///
    /// - Parameters:
    ///   - site: The site.
    ///   - period: The time, of which each hour counts that has a part in it.
    /// - Returns: The number, as far back as counts are kept.
    /// - Throws: `QueryError`
    func refusedHits(of site: SiteID, in period: Period) async throws -> Int

    /// The profile of a named user, with hits that were sent with the name.
    ///
    /// - Parameters:
    ///   - visitor: The visitor that is computed from the name.
    ///   - site: The site.
    ///   - first: The place of the first hit; nil for the latest.
    ///   - limit: The most hits.
    /// - Returns: The report; nil if nothing is known about the user.
    /// - Throws: `QueryError`
    func user(
        _ visitor: Visitor,
        of site: SiteID,
        from first: UserReport.Cursor?,
        limit: Int
    ) async throws -> UserReport?

    /// Forgets a user of a site: the profile is gone when this returns, events and hits are deleted by a job.
    ///
    /// Drops what was accepted before and is stored later, such as by a spool; what is accepted afterwards is stored.
    ///
    /// - Parameters:
    ///   - user: The name of the user.
    ///   - visitor: The visitor that is computed from it.
    ///   - site: The site.
    /// - Returns: The job.
    /// - Throws: `QueryError`
    func forget(_ user: User, _ visitor: Visitor, of site: SiteID) async throws -> Job

    /// The jobs of a site, the last one first.
    ///
    /// - Parameters:
    ///   - site: The site.
    ///   - last: The id below which those are that are wanted; nil for all.
    ///   - limit: The most jobs.
    /// - Returns: The jobs.
    /// - Throws: `QueryError`
    func jobs(of site: SiteID, before last: Int?, limit: Int) async throws -> [Job]

    /// Examines everything that requests need of the store, for `/readyz`.
    ///
    /// - Returns: The checks, each under a name of its own.
    func checks() async -> [Check]
}

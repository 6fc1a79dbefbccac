import Analytics
import Postgres

/// Asks for the latest jobs.
struct ListJobs: Statement {
    static let sql = """
        SELECT job.id, job.kind, site.name, job.state, job.progress::float8, job.error, \
        (extract(epoch FROM job.created_at) * 1000)::bigint, (extract(epoch FROM job.ended_at) * 1000)::bigint \
        FROM job LEFT JOIN site ON site.id = job.site_id ORDER BY job.id DESC LIMIT $1
        """
    let limit: Int
    var parameters: Parameters { Parameters(limit) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Job {
        let (id, kind, site, state, progress, error, created, ended) = try row.decode(
            (Int, String, String?, String, Double, String?, Int, Int?).self
        )
        return Job(
            id: id,
            kind: kind,
            site: site,
            state: state,
            progress: progress,
            error: error,
            created: Timestamp(milliseconds: created),
            ended: ended.map { Timestamp(milliseconds: $0) }
        )
    }
}

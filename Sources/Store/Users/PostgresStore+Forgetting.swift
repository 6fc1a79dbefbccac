package import Analytics
import Postgres
import Synchronization

extension PostgresStore {
    /// Forgets a user of a site: the profile is gone when this returns, events and hits are deleted by a job.
    package func forget(_ user: User, _ visitor: Visitor, of site: SiteID) async throws -> Job {
        do {
            let jobs = try await ingest.withConnection { connection in
                try await connection.execute(ForgetUser(user: user, visitor: visitor, site: site))
            }
            guard let job = jobs.first else { throw PostgresDecodingError(reason: "forget_user answered no row") }
            return job
        } catch {
            throw DatabaseFailure(error)?.queryError ?? error
        }
    }

    /// Sends a batch without the rows that were accepted before their users were forgotten.
    ///
    /// - Throws: As `attempt`.
    func attemptWithoutForgotten(_ batch: Batch) async throws -> [Outcome] {
        let rows = ForgottenRows(batch)
        let answers = try await ingest.withConnection { try await $0.execute(rows.comparison) }
        let (rest, places) = rows.batch(answers)
        do {
            let outcomes = try await attempt(rest)
            forgottenRows.add(batch.count - rest.count, ordering: .relaxed)
            return outcomes
        } catch WriteError.refused(let refused, let rejection) {
            throw WriteError.refused(rows: refused.filter(places.indices.contains).map { places[$0] }, rejection)
        }
    }
}

/// Forgets a user; answers the job.
struct ForgetUser: Statement {
    static let sql = "SELECT id, created FROM forget_user($1, $2, $3)"
    let user: User
    let visitor: Visitor
    let site: SiteID
    var parameters: Parameters { Parameters(site.rawValue, user.text, Int(bitPattern: UInt(visitor.rawValue))) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Job {
        let (id, milliseconds) = try row.decode((Int, Int).self)
        let created = Timestamp(milliseconds: milliseconds)
        return Job(id: id, kind: "forget user", state: "waiting", progress: 0, created: created)
    }
}

import FoundationEssentials
import Postgres

/// Takes the first job that no server works on; answers its id, or nil.
struct TakeJob: Statement {
    static let sql = "SELECT take_job($1, make_interval(secs => $2::int))"
    let server: UUID
    let lease: Duration
    var parameters: Parameters { Parameters(server, Int32(clamping: lease.components.seconds)) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int? {
        try row.decode(Int?.self)
    }
}

/// Does the next step of a job.
struct StepJob: Statement {
    /// The state of a job after a step.
    enum Progress: String, Sendable {
        /// There is more to do.
        case more
        /// Nothing can be done now.
        case later
        case done
        /// Another server has the job.
        case lost
    }

    static let sql = "SELECT step_job($1, $2, make_interval(secs => $3::int))"
    let server: UUID
    let job: Int
    let lease: Duration
    var parameters: Parameters { Parameters(server, job, Int32(clamping: lease.components.seconds)) }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Progress {
        guard let progress = Progress(rawValue: try row.decode(String.self)) else {
            throw PostgresDecodingError(reason: "not a state of a job")
        }
        return progress
    }
}

/// Frees a job whose step has failed, for a later attempt.
struct PutOffJob: Statement {
    typealias Row = Void

    static let sql = "SELECT put_off_job($1, $2, $3)"
    let server: UUID
    let job: Int
    let reason: String
    var parameters: Parameters { Parameters(server, job, reason) }
}

import Analytics
import FoundationEssentials
import Logging
import Postgres
import ServiceLifecycle

/// Works on the jobs of the database: tasks that take longer than a request, such as forgetting a user.
///
/// A server works on one job at a time, step by step, over the connection of the maintenance. It has a lease of the job, so
/// that after a crash another server goes on with it. A step that fails is tried again, later each time, until the database
/// gives the job up.
package struct JobRunner: Service {
    package struct Configuration: Sendable {
        /// The wait between two looks for a job.
        package var interval: Duration = .seconds(2)
        /// The time after a step after which another server may take the job.
        package var lease: Duration = .seconds(60)

        package init() {}
    }

    /// The id under which this server works.
    private let id = UUID()
    private let pool: Pool
    private let configuration: Configuration
    private let record: TaskRecord
    private let logger: Logger

    /// - Parameters:
    ///   - pool: Connections for maintaining, which somebody else closes.
    ///   - configuration: The times.
    ///   - record: The record of the task.
    ///   - logger: The server's.
    init(pool: Pool, configuration: Configuration, record: TaskRecord, logger: Logger) {
        self.pool = pool
        self.configuration = configuration
        self.record = record
        self.logger = logger
    }

    /// Works until the shutdown; a job under way is left to other servers, or to the next start.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await record.repeatRounds(
                every: configuration.interval,
                logger,
                failure: "a job failed, will be tried again"
            ) {
                while try await work() {}
            }
        }
    }

    /// Takes a job and works on it until it is done, can do nothing for now, or fails.
    ///
    /// - Returns: True if there was a job.
    /// - Throws: The error of a step.
    @discardableResult
    package func work() async throws -> Bool {
        guard let job = try await take() else { return false }
        while true {
            switch try await step(job) {
            case .more: continue
            case .later, .lost: return true
            case .done:
                logger.info("a job is done", metadata: ["job": "\(job)"])
                return true
            }
        }
    }

    /// Takes the first job that no server works on; nil if there is none.
    package func take() async throws -> Int? {
        try await pool.withConnection { connection in
            try await connection.execute(TakeJob(server: id, lease: configuration.lease)).first ?? nil
        }
    }

    /// Does one step of a job, and frees the job if it fails or this task is cancelled.
    func step(_ job: Int) async throws -> StepJob.Progress {
        try await pool.withConnection { connection in
            do {
                let step = StepJob(server: id, job: job, lease: configuration.lease)
                guard let progress = try await connection.execute(step).first else {
                    throw PostgresDecodingError(reason: "step_job answered no row")
                }
                if progress == .more, Task.isCancelled { try await leave(job, connection) }
                return progress
            } catch {
                // Without a connection, the lease ends by itself.
                if Task.isCancelled {
                    try? await leave(job, connection)
                } else if let error = error as? PostgresError, !error.state.isConnectionLoss {
                    _ = try? await connection.execute(PutOffJob(server: id, job: job, reason: error.message))
                }
                throw error
            }
        }
    }

    /// Frees a job; not a statement, which a cancelled task could not execute.
    private func leave(_ job: Int, _ connection: Connection) async throws {
        try await connection.run("SELECT leave_job('\(id)', \(job))")
    }
}

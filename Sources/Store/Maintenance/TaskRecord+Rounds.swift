import Analytics
import Logging

extension TaskRecord {
    /// Repeats the rounds of a task until it is cancelled; each is recorded, and a failure is logged.
    ///
    /// - Parameters:
    ///   - pause: The time between two rounds.
    ///   - logger: The log.
    ///   - failure: The message about a round that failed.
    ///   - round: The work.
    func repeatRounds(
        every pause: Duration,
        _ logger: Logger,
        failure: Logger.Message,
        _ round: () async throws -> Void
    ) async {
        while !Task.isCancelled {
            do {
                try await round()
                succeeded()
            } catch  where Task.isCancelled {
                // The database reports the cancellation as an error of its own.
                break
            } catch {
                failed()
                logger.warning(failure, metadata: ["error": "\(descriptionForLog(error))"])
            }
            // Cancelled while waiting: the loop ends.
            try? await Task.sleep(for: pause)
        }
    }
}

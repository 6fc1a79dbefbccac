import Analytics
import Postgres

/// A failure of the database: it reported an error, or there was no connection to it.
///
/// Any other error of a statement is a mistake of this program, or a cancellation.
enum DatabaseFailure: Error {
    case reported(PostgresError)
    case noConnection(Pool.Refusal)

    /// Recognises a failure of the database; nil for any other error.
    init?(_ error: any Error) {
        switch error {
        case let failure as DatabaseFailure: self = failure
        case let error as PostgresError: self = .reported(error)
        case let refusal as Pool.Refusal: self = .noConnection(refusal)
        default: return nil
        }
    }

    /// The same failure, as it is reported for a question.
    var queryError: QueryError {
        if case .reported(let error) = self, error.state == .queryCanceled { return .tooSlow }
        return .unavailable(reason: description)
    }

    /// True if a transaction that was being committed may have been.
    ///
    /// An error that the server reports has rolled it back, unless the server was going away meanwhile.
    var leavesCommitInDoubt: Bool {
        guard case .reported(let error) = self else { return false }
        return error.state == .none
            || (["08", "57", "XX"].contains(error.state.category) && error.state != .queryCanceled)
    }

    /// The server's words and the SQLSTATE, without the address of a connection that failed: for `/readyz`.
    var reason: String {
        switch self {
        case .reported(let error), .noConnection(.unreachable(let error)): error.reason
        case .noConnection(.exhausted): "too many batches wait for a connection"
        case .noConnection(let refusal): "\(refusal)"
        }
    }
}

extension DatabaseFailure: CustomStringConvertible {
    /// The whole of what happened, for the log and not for a client.
    var description: String {
        switch self {
        case .reported(let error), .noConnection(.unreachable(let error)):
            error.state == .none ? error.message : "\(error.message) (SQLSTATE \(error.state.rawValue))"
        case .noConnection(let refusal): "\(refusal)"
        }
    }
}

extension PostgresError {
    /// The server's words and the SQLSTATE; of connections that failed, without the addresses.
    fileprivate var reason: String {
        // One for each host that was tried.
        let words = message.split(separator: "; ").map { part in
            part.firstRange(of: "failed: ").map { part[$0.upperBound...] } ?? part
        }
        let text = words.joined(separator: "; ")
        return state == .none ? text : "\(text) (SQLSTATE \(state.rawValue))"
    }
}

/// The whole of an error, for the log and not for a client.
package func descriptionForLog(_ error: any Error) -> String {
    DatabaseFailure(error)?.description ?? "\(error)"
}

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

    /// The failure as the error of a query.
    var queryError: QueryError {
        if case .reported(let error) = self, error.state == .queryCanceled { return .tooSlow }
        return .unavailable(reason: description)
    }

    /// True if the transaction may have been committed despite the failure.
    ///
    /// An error with a SQLSTATE means that it was rolled back, except those of a lost connection (08), of a shutdown
    /// (57, without a cancelled query) and of an internal error (XX).
    var leavesCommitInDoubt: Bool {
        guard case .reported(let error) = self else { return false }
        return error.state == .none
            || (["08", "57", "XX"].contains(error.state.category) && error.state != .queryCanceled)
    }

    /// True if the next connection may reach another server.
    var mayChangeServer: Bool {
        switch self {
        case .reported(let error): error.state.isConnectionLoss
        case .noConnection: true
        }
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
    /// The full message and the SQLSTATE, for the log and not for a client.
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
        // libpq joins one message for each host that it has tried.
        let words = message.split(separator: "; ").map { part in
            part.firstRange(of: "failed: ").map { part[$0.upperBound...] } ?? part
        }
        let text = words.joined(separator: "; ")
        return state == .none ? text : "\(text) (SQLSTATE \(state.rawValue))"
    }
}

/// The full text of an error, for the log and not for a client.
package func descriptionForLog(_ error: any Error) -> String {
    DatabaseFailure(error)?.description ?? "\(error)"
}

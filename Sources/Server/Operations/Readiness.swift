import Analytics
import HTTP

/// The readiness of the server, by which a load balancer sends it requests or not.
enum Readiness: String {
    case ready
    /// Events are taken and questions are refused: without requests the server could not keep those events.
    case degraded
    case unready

    /// Judges the server by the gravest of the obstacles.
    init(_ checks: [Check]) {
        let obstacles = checks.filter { !$0.isWell }
        switch obstacles.map(\.severity).max() ?? .minor {
        case .minor: self = .ready
        case .degraded: self = .degraded
        case .unavailable, .unusable: self = .unready
        }
    }
}

extension Check {
    var json: JSON {
        .object([
            "status": isWell ? "ok" : "failed",
            "detail": (obstacle ?? remark).map(JSON.text),
            "pending": pending.map(JSON.number),
            "limit": limit.map(JSON.number),
        ])
    }
}

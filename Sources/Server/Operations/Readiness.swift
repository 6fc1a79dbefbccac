import Analytics
import HTTP

/// The readiness of the server, by which a load balancer decides whether to send it requests.
enum Readiness: String {
    case ready
    /// Events are accepted and questions refused; it still counts as ready, because otherwise events would be lost.
    case degraded
    case unready

    /// Derives the readiness from the most severe obstacle.
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

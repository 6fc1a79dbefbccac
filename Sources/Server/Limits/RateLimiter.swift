import HTTPTypes
import NIOCore
import Synchronization

/// Refuses requests of clients that send too many, on all connections together.
final class RateLimiter: Sendable {
    private static let mostClients = 100_000
    /// Neither refused nor counted: who asks these must not be told that the server is busy with somebody else.
    private static let exempt = ["/healthz", "/readyz"]

    private let limit: Mutex<TokenBuckets<AddressPrefix>>
    private let policy: String

    init(_ rate: Rate) {
        limit = Mutex(TokenBuckets(rate, buckets: Self.mostClients))
        let window = max(1, (rate.burst + rate.perSecond - 1) / rate.perSecond)
        policy = "\"address\";q=\(rate.burst);w=\(window)"
    }

    /// Why a request is refused, if it is.
    func refusal(of target: String, from client: AddressPrefix, at now: NIODeadline) -> Problem? {
        guard !Self.exempt.contains(where: { target.utf8.elementsEqual($0.utf8) }),
            let wait = limit.withLock({ $0.take(client, at: now) })
        else { return nil }
        let seconds = max(1, (wait.nanoseconds + 999_999_999) / 1_000_000_000)
        var problem = Problem(.tooManyRequests, "too many requests from this address")
        problem.headers[.retryAfter] = "\(seconds)"
        problem.headers[.rateLimitPolicy] = policy
        problem.headers[.rateLimit] = "\"address\";r=0;t=\(seconds)"
        return problem
    }
}

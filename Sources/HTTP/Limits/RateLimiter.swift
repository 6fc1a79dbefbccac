import HTTPTypes
import NIOCore
import Synchronization

/// A rate limit on the requests of each client, over all of its connections.
final class RateLimiter: Sendable {
    private static let mostClients = 100_000
    private let limit: Mutex<TokenBuckets<AddressPrefix>>
    private let policy: String
    /// Targets whose requests are neither refused nor counted.
    private let exempt: [String]

    init(_ rate: Rate, exempt: [String]) {
        self.exempt = exempt
        limit = Mutex(TokenBuckets(rate, buckets: Self.mostClients))
        let window = max(1, (rate.burst + rate.perSecond - 1) / rate.perSecond)
        policy = "\"address\";q=\(rate.burst);w=\(window)"
    }

    /// The refusal of a request; nil if it is not refused.
    func refusal(of target: String, from client: AddressPrefix, at now: NIODeadline) -> Problem? {
        guard !exempt.contains(where: { target.utf8.elementsEqual($0.utf8) }),
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

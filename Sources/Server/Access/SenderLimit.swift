import Analytics
import HTTP
import NIOCore
import Registry
import Synchronization

/// A limit on the rate of hits from each address with each public key of a site, and without any.
final class SenderLimit: Sendable {
    private struct Source: Hashable {
        let site: SiteID
        /// The id of the key; nil without one.
        let key: Int?
        let address: AddressPrefix?
    }

    /// The most sources in memory.
    private static let mostSources = 200_000

    private let buckets: Mutex<TokenBuckets<Source>?>

    /// - Parameter rate: The rate of each source; nil for any.
    init(_ rate: Rate?) {
        buckets = Mutex(rate.map { TokenBuckets($0, buckets: Self.mostSources) })
    }

    /// Takes a hit; false if it is beyond the rate.
    ///
    /// Hits with server keys are not limited.
    func take(_ access: Access, from address: AddressPrefix?) -> Bool {
        guard !access.isTrusted else { return true }
        let source = Source(site: access.site.id, key: access.key?.id, address: address)
        return buckets.withLock { $0?.take(source, at: .now()) } == nil
    }
}

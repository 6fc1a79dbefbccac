/// The SHA-256 of a request, which tells a repetition from another request with the same idempotency key.
package struct Fingerprint: Hashable, Sendable {
    package static let count = 32

    package let bytes: [UInt8]

    /// Takes a digest; nil unless it has 32 bytes.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.count else { return nil }
        self.bytes = bytes
    }
}

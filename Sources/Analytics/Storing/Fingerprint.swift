/// The SHA-256 of a request, by which another one under the same idempotency key is told from a repetition.
package struct Fingerprint: Hashable, Sendable {
    package static let count = 32

    package let bytes: [UInt8]

    /// Takes a digest; nil unless it has 32 bytes.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.count else { return nil }
        self.bytes = bytes
    }
}

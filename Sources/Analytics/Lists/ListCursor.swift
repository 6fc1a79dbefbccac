/// The place behind an element of a list.
///
/// Elements are ordered by time, and those of the same time by a digest of their contents, so that the order does not
/// depend on when they were stored. Elements that are equal in everything are told apart by counting them. Of users and
/// visits the digest is the visitor.
package struct ListCursor: Hashable, Sendable {
    package let time: Timestamp
    /// The digest of the element before the place.
    package let digest: UInt64
    /// The number of elements of the same time and digest before the place.
    package let count: Int

    package init(time: Timestamp, digest: UInt64, count: Int) {
        self.time = time
        self.digest = digest
        self.count = count
    }

    /// The place as text, of characters that need no encoding in a URL.
    package var text: String { "\(time.milliseconds)-\(String(digest, radix: 16))-\(count)" }

    /// - Returns: nil if the text is none that `text` makes.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let time = Int(parts[0]), let digest = UInt64(parts[1], radix: 16),
            let count = Int(parts[2]), (0...Timestamp.latest.milliseconds).contains(time), count > 0
        else { return nil }
        self.init(time: Timestamp(milliseconds: time), digest: digest, count: count)
    }
}

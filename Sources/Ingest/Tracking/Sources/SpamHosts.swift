/// Hosts whose visits are made up so that their addresses show in reports.
///
/// A host stands for all below it as well.
package struct SpamHosts: Sendable {
    /// The most bytes of a list.
    package static let maximumBytes = 4 << 20

    /// A list has more bytes than are read.
    package struct TooLong: Error {}

    private var hosts: Set<Substring> = []
    private var bytesOfLongest = 0
    /// The number of lines that are neither a host nor empty.
    package private(set) var ignored = 0

    /// The number of hosts.
    package var count: Int { hosts.count }

    /// No hosts.
    package init() {}

    /// Reads a list with one host a line; `#` begins a comment.
    ///
    /// - Parameter text: The list, in which case does not matter.
    /// - Throws: `TooLong` for more than `maximumBytes`.
    package init(parsing text: String) throws(TooLong) {
        guard text.utf8.count <= Self.maximumBytes else { throw TooLong() }
        for line in text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let words = line.prefix { $0 != UInt8(ascii: "#") }.split { $0 == 0x20 || $0 == 0x09 }
            guard let word = words.first else { continue }
            guard words.count == 1, let host = Substring(word).utf8.host else {
                ignored += 1
                continue
            }
            hosts.insert(host[...])
            bytesOfLongest = max(bytesOfLongest, host.utf8.count)
        }
    }

    /// True if a host in lower case, or one above it, is in the list.
    package func contains(_ host: String) -> Bool {
        !hosts.isEmpty && LabelSuffixes(of: host[...], upTo: bytesOfLongest).contains { hosts.contains($0) }
    }
}

extension Substring.UTF8View {
    /// The host that an authority names, without `www.`.
    fileprivate var host: String? {
        String(Substring(self)).utf8Span.span.hostOfAuthority.map { String($0.withoutWWW) }
    }
}

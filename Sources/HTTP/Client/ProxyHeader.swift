/// The header with which a proxy begins a connection by the PROXY protocol, versions 1 and 2, before the client's bytes.
struct ProxyHeader: Hashable {
    /// The reason that a connection cannot be served.
    enum Malformed: Error, Hashable {
        /// The first bytes are those of no header.
        case missing
        case malformed
        /// The header is longer than `limit`.
        case tooLong
    }

    /// The most bytes of a header; one of version 2 may have any number of extensions.
    static let limit = 4_096

    let announced: Peer.Announced
    /// The number of bytes before those of the client.
    let length: Int

    /// Parses the header with which the bytes of a connection begin; nil while it is not complete.
    ///
    /// - Parameter bytes: All bytes so far.
    /// - Throws: The reason that no further bytes make it one.
    init?(parsing bytes: Span<UInt8>) throws(Malformed) {
        switch (bytes.begins(with: Self.signature1), bytes.begins(with: Self.signature2)) {
        case (true, _): try self.init(version1: bytes)
        case (_, true): try self.init(version2: bytes)
        case (false, false): throw .missing
        case (nil, _), (_, nil): return nil
        }
    }

    init(_ announced: Peer.Announced, length: Int) {
        self.announced = announced
        self.length = length
    }
}

extension Span<UInt8> {
    /// True if a prefix stands at the start; nil if that cannot be known yet.
    fileprivate func begins(with prefix: [UInt8]) -> Bool? {
        for (index, byte) in prefix.enumerated() {
            guard index < count else { return nil }
            guard self[index] == byte else { return false }
        }
        return true
    }
}

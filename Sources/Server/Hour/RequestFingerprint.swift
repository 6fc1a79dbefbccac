import Analytics
import Crypto
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore

/// Computes the fingerprint of a request: SHA-256 over its method, path, query, media type and body.
///
/// The query is hashed without `key`, which identifies the sender; the body is hashed after decompression, because a
/// repetition may come through a proxy that compresses. Each part follows its length, so that the hashed bytes of two
/// different requests differ.
struct RequestFingerprint {
    /// The most bytes of a body that are copied at once.
    private static let piece = 64 << 10

    private var hash = SHA256()

    init(_ request: Request) {
        add(request.method.rawValue.utf8)
        add(request.uri.path.utf8)
        let pairs = (request.uri.query ?? "").split(separator: "&").filter { $0 != "key" && !$0.hasPrefix("key=") }
        add(pairs.joined(separator: "&").utf8)
        add((request.headers.mediaType ?? "").utf8)
    }

    /// Adds the whole body, decompressed.
    mutating func add(body: ByteBuffer) {
        addLength(body.readableBytes)
        var rest = body
        while let piece = rest.readBytes(length: min(Self.piece, rest.readableBytes)), !piece.isEmpty {
            hash.update(data: piece)
        }
    }

    private mutating func add(_ part: some Collection<UInt8>) {
        addLength(part.count)
        hash.update(data: Array(part))
    }

    private mutating func addLength(_ count: Int) {
        var length: [UInt8] = []
        length.append(bigEndian: UInt64(count))
        hash.update(data: length)
    }

    /// The fingerprint, once everything has been added.
    var fingerprint: Fingerprint? { Fingerprint(Array(hash.finalize())) }
}

// package
import HTTP
import NIOCore

/// A body with the content coding gzip.
func examine(_ bytes: Span<UInt8>) {
    let limit = 1 << 16
    let body = ByteBuffer(bytes: bytes.indices.map { bytes[$0] })
    let inflated = try? inflate(body, limit: limit)
    precondition((inflated?.readableBytes ?? 0) <= limit)
}

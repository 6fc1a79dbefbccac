import HTTP
import HTTPTypes
import Hummingbird
import NIOCore

/// An image that somebody uploaded, of a kind that runs no script.
struct ImageFile: Sendable {
    /// The kind by the first bytes; the raw value is the media type.
    enum Kind: String, Sendable {
        case png = "image/png"
        case jpeg = "image/jpeg"
        case webp = "image/webp"

        /// - Parameter bytes: The file; nil for one of no known kind.
        init?(_ bytes: [UInt8]) {
            if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
                self = .png
            } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
                self = .jpeg
            } else if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
                self = .webp
            } else {
                return nil
            }
        }
    }

    /// The largest file, in bytes.
    static let largest = 64 << 10
    /// The refusal of another file.
    static let form = "not a PNG, JPEG or WebP image of up to 64 KiB"

    let bytes: [UInt8]
    let kind: Kind

    /// - Parameter bytes: The file; nil for one that is too large or of no known kind.
    init?(_ bytes: [UInt8]) {
        guard bytes.count <= Self.largest, let kind = Kind(bytes) else { return nil }
        (self.bytes, self.kind) = (bytes, kind)
    }

    /// The answer with the image, in which a browser runs nothing.
    var response: Response {
        var headers: HTTPFields = [
            .contentType: kind.rawValue, .cacheControl: "private, no-cache", .xContentTypeOptions: "nosniff",
        ]
        headers[.known("Content-Security-Policy")] = "default-src 'none'; sandbox"
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

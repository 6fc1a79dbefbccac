import HTTPTypes
package import NIOCore
import Zlib

/// Decompresses a gzip body of one or more members (RFC 1952, section 2.2).
///
/// Zero bytes after the last member are padding. Any other bytes there are an error, because events could be lost with
/// them; gzip itself drops them with a warning.
///
/// - Parameters:
///   - body: The compressed body.
///   - limit: The most bytes of all members together after decompression.
/// - Returns: The decompressed body.
/// - Throws: A `Problem` if it is too large or not gzip.
package func inflate(_ body: ByteBuffer, limit: Int) throws -> ByteBuffer {
    do throws(Inflater.Failure) {
        if let inflated = try inflateMembers(of: body.readableBytesUInt8Span, limit: limit) { return inflated }
    } catch {
        switch error {
        case .malformed: throw Problem(.badRequest, "the body is not valid gzip", field: "body")
        case .outOfMemory: throw Problem.unavailable("there is not enough memory to inflate the body")
        }
    }
    throw Problem(.contentTooLarge, "the inflated body is larger than \(limit) bytes", field: "body")
}

/// - Returns: The contents of the members; nil if they exceed the limit.
private func inflateMembers(of bytes: Span<UInt8>, limit: Int) throws(Inflater.Failure) -> ByteBuffer? {
    /// The smallest output buffer for zlib, in bytes.
    let slice = 16 * 1024
    var inflater = try Inflater()
    var inflated = ByteBuffer()
    var position = 0
    var isMemberEnd = false
    while !isMemberEnd || bytes.hasMore(behind: position) {
        let before = inflated.readableBytes
        // One byte more than the limit, which shows that the limit is exceeded.
        let room = limit - before + 1
        var read = 0
        try inflated.writeWithOutputRawSpan(minimumWritableBytes: min(slice, room)) {
            (output: inout OutputRawSpan) throws(Inflater.Failure) in
            let step = try inflater.inflate(bytes.extracting(position...), into: &output, atMost: room)
            read = step.read
            isMemberEnd = step.isMemberEnd
        }
        position += read
        guard inflated.readableBytes <= limit else { return nil }
        // The body ends within a member.
        guard isMemberEnd || read > 0 || inflated.readableBytes > before else { throw .malformed }
    }
    return inflated
}

extension Span<UInt8> {
    /// True if there is a byte other than zero from a position on.
    fileprivate func hasMore(behind position: Int) -> Bool {
        for index in position..<count where self[index] != 0 { return true }
        return false
    }
}

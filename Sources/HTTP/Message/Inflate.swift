import HTTPTypes
package import NIOCore
import Zlib

/// Inflates a gzip body: all of its members, one behind the other (RFC 1952, section 2.2).
///
/// Behind the last member there may be zeros, with which files are filled up; anything else there is an error, because
/// events could be lost with it. gzip itself drops it with a warning.
///
/// - Parameters:
///   - body: What came in.
///   - limit: How large all members together may be when inflated, in bytes.
/// - Returns: The inflated body.
/// - Throws: A `Problem` when it is too large or no gzip.
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

/// - Returns: What the members hold; nil if that is more than the limit.
private func inflateMembers(of bytes: Span<UInt8>, limit: Int) throws(Inflater.Failure) -> ByteBuffer? {
    /// The least room that zlib gets for its output.
    let slice = 16 * 1024
    var inflater = try Inflater()
    var inflated = ByteBuffer()
    var position = 0
    var isMemberEnd = false
    while !isMemberEnd || bytes.hasMore(behind: position) {
        let before = inflated.readableBytes
        // One byte more than is allowed, which shows that there is more.
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
    /// True if there is anything but zeros from a position on.
    fileprivate func hasMore(behind position: Int) -> Bool {
        for index in position..<count where self[index] != 0 { return true }
        return false
    }
}

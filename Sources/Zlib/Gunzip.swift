/// Decompresses one member of gzip (RFC 1952).
///
/// - Parameters:
///   - bytes: The member.
///   - limit: The most bytes after decompression.
/// - Returns: The bytes; nil if they are not one whole member, damaged, or more than the limit.
package func gunzipped(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
    guard var inflater = try? Inflater() else { return nil }
    var inflated: [UInt8] = []
    var position = 0
    while true {
        let room = min(max(64 << 10, bytes.count * 2), limit - inflated.count + 1)
        var step: Inflater.Step?
        let piece = try? [UInt8](capacity: room) { output throws(Inflater.Failure) in
            step = try inflater.inflate(bytes.span.extracting(position...), into: &output)
        }
        guard let piece, let step, inflated.count + piece.count <= limit else { return nil }
        inflated += piece
        position += step.read
        if step.isMemberEnd { return position == bytes.count ? inflated : nil }
        guard step.read > 0 || !piece.isEmpty else { return nil }
    }
}

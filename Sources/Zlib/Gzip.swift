import CZlib

/// How much time is spent on making bytes shorter.
package enum GzipEffort: Sendable {
    /// As little as zlib can.
    case least
    /// As much as zlib spends unless told otherwise.
    case usual
    /// As much as zlib can.
    case most

    fileprivate var level: Int32 {
        switch self {
        case .least: Z_BEST_SPEED
        case .usual: Z_DEFAULT_COMPRESSION
        case .most: Z_BEST_COMPRESSION
        }
    }
}

/// Compresses bytes as gzip (RFC 1952).
///
/// - Parameters:
///   - input: The bytes, fewer than 4 GiB.
///   - effort: How much time is spent on it.
/// - Returns: One member without a name and a time; nil if there is no memory for it.
package func gzipped(_ input: [UInt8], effort: GzipEffort) -> [UInt8]? {
    // All zero: zlib's default allocator, no input.
    var stream = unsafe z_stream()
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    guard let length = UInt32(exactly: input.count) else { return nil }
    // The version is a static string of the library's header; 16 more than the largest window means gzip.
    let started = unsafe deflateInit2_(
        &stream,
        effort.level,
        Z_DEFLATED,
        MAX_WBITS + 16,
        MAX_MEM_LEVEL,
        Z_DEFAULT_STRATEGY,
        ZLIB_VERSION,
        size
    )
    guard started == Z_OK else { return nil }
    // The stream was accepted above, and this is the last use of it.
    defer { _ = unsafe deflateEnd(&stream) }
    let bound = Int(unsafe deflateBound(&stream, UInt(length)))
    var code = Z_OK
    var source = input
    let output = unsafe [UInt8](unsafeUninitializedCapacity: bound) { output, count in
        // Both memories are valid while the closures run, and as large as zlib is told; afterwards it gets no pointer.
        unsafe source.withUnsafeMutableBufferPointer { source in
            unsafe stream.next_in = source.baseAddress
            unsafe stream.avail_in = length
            unsafe stream.next_out = output.baseAddress
            unsafe stream.avail_out = UInt32(clamping: bound)
            code = unsafe deflate(&stream, Z_FINISH)
            // zlib has initialised this many bytes from the start.
            count = unsafe Int(stream.total_out)
        }
    }
    return code == Z_STREAM_END ? output : nil
}

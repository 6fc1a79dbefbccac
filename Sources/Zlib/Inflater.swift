import CZlib

/// A decompressor for gzip (RFC 1952) of one or more members.
@safe
package struct Inflater: ~Copyable {
    /// The reason that decompression failed.
    package enum Failure: Error {
        /// Not gzip, or damaged.
        case malformed
        case outOfMemory
    }

    /// The progress of one call of `inflate`.
    package struct Step {
        /// The number of consumed bytes of input.
        package let read: Int
        /// True if a member is complete, with correct checksum and length; another one may follow.
        package let isMemberEnd: Bool
    }

    /// zlib's largest window, plus 16 to accept gzip only.
    private static let windowBits = MAX_WBITS + 16

    /// The stream, allocated separately because it must not move: zlib stores its address and checks it at each call.
    ///
    /// The pointer is set once, is valid until `deinit` and never leaves this noncopyable type: the memory is initialised
    /// while it can be used, and freed once.
    private let stream: UnsafeMutablePointer<z_stream>

    package init() throws(Failure) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        // All zero: zlib's default allocator, no input.
        unsafe stream.initialize(to: unsafe z_stream())
        let size = unsafe Int32(MemoryLayout<z_stream>.size)
        // The stream is initialised, and the version is a static string of the library's header.
        let code = unsafe inflateInit2_(stream, Self.windowBits, ZLIB_VERSION, size)
        guard code == Z_OK else {
            // Initialised above; zlib keeps no reference to a stream that it refuses.
            unsafe stream.deinitialize(count: 1)
            unsafe stream.deallocate()
            throw .outOfMemory
        }
        unsafe self.stream = stream
    }

    deinit {
        // The stream was accepted by `inflateInit2_`, and this is the last use of it.
        _ = unsafe inflateEnd(stream)
        unsafe stream.deinitialize(count: 1)
        unsafe stream.deallocate()
    }

    /// Decompresses the current member as far as input and output allow.
    ///
    /// - Parameters:
    ///   - input: The bytes after those consumed before; it may end anywhere.
    ///   - output: Gets the decompressed bytes appended.
    ///   - most: The largest number of bytes to write.
    /// - Returns: The progress. Nothing read and nothing written means that more input is needed.
    /// - Throws: `Failure`, after which the inflater must not be used again.
    package mutating func inflate(
        _ input: Span<UInt8>,
        into output: inout OutputRawSpan,
        atMost most: Int
    ) throws(Failure) -> Step {
        // The memory is valid while the closures run; the stream drops its pointers before they return.
        try unsafe input.withUnsafeBufferPointer { input throws(Failure) in
            try unsafe output.withUnsafeMutableBytes { output, count throws(Failure) in
                let room = unsafe UnsafeMutableRawBufferPointer(rebasing: output[count...]).prefix(max(0, most))
                let (step, written) = try unsafe inflate(input, into: UnsafeMutableRawBufferPointer(rebasing: room))
                // zlib has initialised this many bytes from the start of the free part.
                count += written
                return step
            }
        }
    }

    /// Decompresses the current member as far as input and output allow.
    ///
    /// - Parameters:
    ///   - input: The bytes after those consumed before; it may end anywhere.
    ///   - output: Gets the decompressed bytes appended.
    /// - Returns: The progress. Nothing read and nothing written means that more input is needed.
    /// - Throws: `Failure`, after which the inflater must not be used again.
    package mutating func inflate(
        _ input: Span<UInt8>,
        into output: inout OutputSpan<UInt8>
    ) throws(Failure) -> Step {
        // As above.
        try unsafe input.withUnsafeBufferPointer { input throws(Failure) in
            try unsafe output.withUnsafeMutableBufferPointer { output, count throws(Failure) in
                let room = unsafe UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: output[count...]))
                let (step, written) = try unsafe inflate(input, into: room)
                count += written
                return step
            }
        }
    }

    private mutating func inflate(
        _ input: UnsafeBufferPointer<UInt8>,
        into output: UnsafeMutableRawBufferPointer
    ) throws(Failure) -> (Step, written: Int) {
        // zlib counts in 32 bits: a longer buffer is passed in part, and the caller calls again.
        let readable = UInt32(clamping: input.count)
        let writable = UInt32(clamping: output.count)
        // zlib declares its input as mutable but only reads it. Both pointers are valid for their counts, which are at most
        // the sizes of the buffers; the base address of an empty buffer may be nil, with a count of zero.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        unsafe stream.pointee.avail_in = readable
        unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_out = writable
        // The stream is initialised and at its own address.
        let code = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
        let read = unsafe Int(readable - stream.pointee.avail_in)
        let written = unsafe Int(writable - stream.pointee.avail_out)
        unsafe stream.pointee.next_in = nil
        unsafe stream.pointee.avail_in = 0
        unsafe stream.pointee.next_out = nil
        unsafe stream.pointee.avail_out = 0
        switch code {
        // Z_BUF_ERROR is not fatal: no input, or no space for output.
        case Z_OK, Z_BUF_ERROR: return (Step(read: read, isMemberEnd: false), written)
        case Z_STREAM_END:
            // Keeps the memory for the next member.
            guard unsafe inflateReset(stream) == Z_OK else { throw .malformed }
            return (Step(read: read, isMemberEnd: true), written)
        case Z_MEM_ERROR: throw .outOfMemory
        default: throw .malformed
        }
    }
}

import CZlib

/// Inflates gzip (RFC 1952), of one member or of several.
@safe
package struct Inflater: ~Copyable {
    /// The reason that nothing more can be inflated.
    package enum Failure: Error {
        /// Not gzip, or damaged.
        case malformed
        case outOfMemory
    }

    /// The effect of one call of `inflate`.
    package struct Step {
        /// Bytes of the input that are done with.
        package let read: Int
        /// A member is complete, with its checksum and length; a further one may begin behind what was read.
        package let isMemberEnd: Bool
    }

    /// zlib's largest window, and 16 more for "gzip and no other format".
    private static let windowBits = MAX_WBITS + 16

    /// The stream in memory of its own, which never moves: zlib keeps the address and compares it at each call.
    ///
    /// The pointer is set once, is valid until `deinit` and never leaves this type, which cannot be copied: the memory is
    /// initialised as long as anybody can use it, and is freed once.
    private let stream: UnsafeMutablePointer<z_stream>

    package init() throws(Failure) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        // All zero: zlib takes its own allocator, and there is no input yet.
        unsafe stream.initialize(to: unsafe z_stream())
        let size = unsafe Int32(MemoryLayout<z_stream>.size)
        // Reads the stream, which is initialised, and the version, which is a text of the library's header.
        let code = unsafe inflateInit2_(stream, Self.windowBits, ZLIB_VERSION, size)
        guard code == Z_OK else {
            // Initialised above, and zlib has kept nothing of a stream that it refuses.
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

    /// Inflates as much of the current member as there is input for and the output has room for.
    ///
    /// - Parameters:
    ///   - input: What comes behind what was read before; it may end anywhere.
    ///   - output: Takes the inflated bytes behind those that it has.
    ///   - most: The largest number of bytes to write.
    /// - Returns: The progress. Nothing read and nothing written means that the member goes on behind the input.
    /// - Throws: `Failure`, after which the inflater is of no more use.
    package mutating func inflate(
        _ input: Span<UInt8>,
        into output: inout OutputRawSpan,
        atMost most: Int
    ) throws(Failure) -> Step {
        // Both closures lend their memory for as long as they run, and the stream forgets it before they return.
        try unsafe input.withUnsafeBufferPointer { input throws(Failure) in
            try unsafe output.withUnsafeMutableBytes { output, count throws(Failure) in
                let room = unsafe UnsafeMutableRawBufferPointer(rebasing: output[count...]).prefix(max(0, most))
                let (step, written) = try unsafe inflate(input, into: UnsafeMutableRawBufferPointer(rebasing: room))
                // zlib has written so many bytes from the first that was free on.
                count += written
                return step
            }
        }
    }

    private mutating func inflate(
        _ input: UnsafeBufferPointer<UInt8>,
        into output: UnsafeMutableRawBufferPointer
    ) throws(Failure) -> (Step, written: Int) {
        // zlib counts in 32 bits. Of more than that it gets the first part, and is called again.
        let readable = UInt32(clamping: input.count)
        let writable = UInt32(clamping: output.count)
        // zlib declares its input as mutable but only reads it; both pointers are good for the counts beside them, each of
        // which is at most the size of its buffer. An empty buffer may have none: then the count is zero.
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
        // Z_BUF_ERROR is no error: there was nothing to read, or no room to write.
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

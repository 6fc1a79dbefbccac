package import NIOCore
import Subprocess

/// Compresses with the system's gzip, so that the server's decompression is tested against another implementation.
package func gzip(_ text: String) async throws -> ByteBuffer {
    let result = try await Subprocess.run(
        .name("gzip"),
        arguments: ["-c"],
        input: .string(text),
        output: .bytes(limit: 1 << 24)
    )
    return ByteBuffer(bytes: result.standardOutput)
}

/// A number of zero bytes, compressed to about a thousandth.
package func gzipBomb(megabytes: Int) async throws -> ByteBuffer {
    let result = try await Subprocess.run(
        .name("sh"),
        arguments: ["-c", "head -c \(megabytes)M /dev/zero | gzip -9c"],
        output: .bytes(limit: 1 << 24)
    )
    return ByteBuffer(bytes: result.standardOutput)
}

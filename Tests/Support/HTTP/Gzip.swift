package import NIOCore
import Subprocess

/// Compresses with the gzip of the system, so that the server's inflating is tested against another's deflating.
package func gzip(_ text: String) async throws -> ByteBuffer {
    let result = try await Subprocess.run(
        .name("gzip"),
        arguments: ["-c"],
        input: .string(text),
        output: .bytes(limit: 1 << 24)
    )
    return ByteBuffer(bytes: result.standardOutput)
}

/// So many zero bytes, compressed about a thousand times.
package func gzipBomb(megabytes: Int) async throws -> ByteBuffer {
    let result = try await Subprocess.run(
        .name("sh"),
        arguments: ["-c", "head -c \(megabytes)M /dev/zero | gzip -9c"],
        output: .bytes(limit: 1 << 24)
    )
    return ByteBuffer(bytes: result.standardOutput)
}

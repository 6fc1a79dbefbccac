import FoundationEssentials
import Hummingbird
import NIOCore

/// A value as JSON.
///
/// Ours hold nothing that JSON cannot say, so a failure is a mistake of ours.
func json(_ value: some Encodable) -> ByteBuffer {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    do {
        return ByteBuffer(bytes: try encoder.encode(value))
    } catch {
        preconditionFailure("\(type(of: value)) cannot be written as JSON: \(error)")
    }
}

extension Response {
    /// An answer of JSON.
    init(status: HTTPResponse.Status = .ok, json body: ByteBuffer) {
        self.init(status: status, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: body))
    }
}

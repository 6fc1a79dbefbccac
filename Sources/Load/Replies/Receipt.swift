import FoundationEssentials
import NIOCore

/// The server's answer to a bulk request: the numbers of accepted and rejected events.
struct Receipt: Decodable, Equatable {
    let accepted: Int
    let rejected: Int

    /// Reads the JSON object in the body of a reply.
    init?(parsing body: ByteBuffer) {
        // The decoding error is not needed: callers report the body itself.
        guard let receipt = try? JSONDecoder().decode(Receipt.self, from: Data(body.readableBytesView)) else {
            return nil
        }
        self = receipt
    }
}

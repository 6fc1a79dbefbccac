import FoundationEssentials
import NIOCore

/// The server's answer to a bulk request: the numbers of accepted and rejected events.
struct Receipt: Decodable, Equatable {
    /// A rejected event.
    struct LineError: Decodable, Equatable {
        /// The line of the body, from 1 on.
        let line: Int
    }

    let accepted: Int
    let rejected: Int
    /// The rejected events; the server lists only the first ones.
    let errors: [LineError]?

    /// Reads the JSON object in the body of a reply.
    init?(parsing body: ByteBuffer) {
        // The decoding error is not needed: callers report the body itself.
        guard let receipt = try? JSONDecoder().decode(Receipt.self, from: Data(body.readableBytesView)) else {
            return nil
        }
        self = receipt
    }
}

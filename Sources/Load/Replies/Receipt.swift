import FoundationEssentials
import NIOCore

/// How the server says that it has dealt with a bulk request.
struct Receipt: Decodable, Equatable {
    let accepted: Int
    let rejected: Int

    /// Reads the JSON object in the body of an answer.
    init?(parsing body: ByteBuffer) {
        // Why it cannot be read does not matter: whoever asks shows the body itself.
        guard let receipt = try? JSONDecoder().decode(Receipt.self, from: Data(body.readableBytesView)) else {
            return nil
        }
        self = receipt
    }
}

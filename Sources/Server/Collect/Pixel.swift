import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore

/// The answers to requests for an image that is a hit.
enum Pixel {
    /// The headers of every answer: no cache keeps it, and pages that embed only what allows it may embed it.
    static let headers: HTTPFields = [.cacheControl: "no-store", .crossOriginResourcePolicy: "cross-origin"]

    /// A transparent GIF of one pixel, 43 bytes.
    private static let image: [UInt8] =
        Array("GIF89a".utf8)
        // The screen: 1 × 1, a table of two colours, which are black and white.
        + [1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF]
        // The first colour is transparent.
        + [0x21, 0xF9, 4, 1, 0, 0, 0, 0]
        // The image: 1 × 1 at the upper left corner, and its compressed pixel.
        + [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B]

    /// The image.
    static var response: Response {
        Response(
            status: .ok,
            headers: [.contentType: "image/gif"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: image))
        )
    }

    /// Answers with the image what the contents of a request have refused.
    ///
    /// - Parameters:
    ///   - meters: The metrics, in which a refusal is counted.
    ///   - body: Stores the hit, and answers the request.
    /// - Returns: The answer; for a refusal the image, with the reason in `Analytics-Rejected`.
    /// - Throws: A `Rejection` if there are too many hits, or another error of `body`.
    static func answering(_ meters: Meters, _ body: () async throws -> Response) async throws -> Response {
        let rejection: Rejection
        do {
            return try await body()
        } catch let error as Rejection {
            rejection = error
        } catch WriteError.refused(_, let error) {
            rejection = error
        }
        meters.noteRejections([rejection: 1])
        if rejection == Rejection(.key, .tooMany) { throw rejection }
        var response = response
        response.headers[.analyticsRejected] = rejection.description
        return response
    }
}

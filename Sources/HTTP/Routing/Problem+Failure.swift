import Hummingbird
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

extension Problem {
    /// The answer to a request that has not arrived in time.
    static let tooSlow = Problem(.requestTimeout, "the request did not arrive in time")

    /// The answer to a body beyond the limit of the server.
    static let bodyTooLarge = Problem(.contentTooLarge, "the body is too large", field: "body")

    /// The answer to an error of the connection, of the decoder or of a handler; the text of an unknown error is not
    /// shown to the client.
    package init(for error: any Error) {
        self =
            switch error {
            case let error as Problem: error
            case BodyGuard.Failure.tooSlow: .tooSlow
            case BodyGuard.Failure.tooLarge, is NIOTooManyBytesError:
                .bodyTooLarge
            case is HTTPParserError: Problem(.badRequest, "the body cannot be read", field: "body")
            case let error as HTTPError: Problem(error.status, error.body ?? error.status.reasonPhrase)
            default: Problem(.internalServerError, "something went wrong in the server")
            }
    }
}

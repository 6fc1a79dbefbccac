import FoundationEssentials
import HTTP
import Logging
import ServiceLifecycle
import UnixSignals

/// Reads the certificate of the server again at each SIGHUP, and tells in the log how long it is valid.
struct CertificateReloader: Service {
    let certificate: ServerCertificate
    let logger: Logger

    func run() async throws {
        tellExpiry("serving by TLS")
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            do throws(CertificateFailure) {
                try certificate.reload()
                tellExpiry("the certificate was read again")
            } catch {
                logger.error("the former certificate stays in use", metadata: ["error": "\(error)"])
            }
        }
        // Returning earlier would end the server. Cancellation ends it too.
        try? await gracefulShutdown()
    }

    private func tellExpiry(_ message: Logger.Message) {
        let metadata: Logger.Metadata = ["valid_until": "\(certificate.expiry.ISO8601Format())"]
        logger.log(level: certificate.endsSoon ? .warning : .info, message, metadata: metadata)
    }
}

import Analytics
import HTTPTypes

/// The cookie of a browser that is logged in.
///
/// Behind TLS its name has the prefix `__Host-`, so that no other host and no page without TLS can set it (RFC 6265bis,
/// section 4.1.3.2). Without TLS browsers would refuse that.
struct LoginCookie: Sendable {
    /// True if browsers reach the server by https.
    let isSecure: Bool

    /// The name of the cookie.
    var name: String { isSecure ? "__Host-hourglass" : "hourglass" }

    /// The seconds for which a browser keeps it: as long as a login may last.
    private static let maximumAge = 90 * 86_400

    /// The secret of a request; nil without one.
    func secret(of headers: HTTPFields) -> SecretText? {
        headers.cookies(named: name).first.flatMap { SecretText(.login, parsing: $0) }
    }

    /// The header that sets it.
    func setting(_ secret: SecretText) -> String { "\(name)=\(secret.text); Max-Age=\(Self.maximumAge)\(attributes)" }

    /// The header that removes it.
    var removal: String { "\(name)=; Max-Age=0\(attributes)" }

    private var attributes: String { "; Path=/; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "") }
}

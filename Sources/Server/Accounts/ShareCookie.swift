import Analytics
import HTTPTypes
import Registry
import Web

/// The cookie of a browser that was given the password of a share link.
///
/// Its path is that of the link: it is sent with the pages of this link alone, not with hits and not with other links, of
/// which each has its own. So it cannot have the prefix `__Host-`, and has `__Secure-` behind TLS. Behind TLS it is sent in
/// frames too (`SameSite=None`), but only in those of pages of the site on which it was set (`Partitioned`). Browsers take
/// that with `Secure` alone: without TLS it is `Lax`, and frames of other sites ask for the password each time.
struct ShareCookie: Sendable {
    /// The most cookies of this name that are looked at: others on the same host may have set some.
    private static let most = 4

    /// True if browsers reach the server by https.
    let isSecure: Bool

    private var name: String { isSecure ? "__Secure-hourglass-share" : "hourglass-share" }

    /// Looks for the proof for a link.
    ///
    /// - Parameters:
    ///   - share: The link.
    ///   - headers: The headers of the request.
    ///   - now: The current time.
    /// - Returns: True if the request has it.
    func opens(_ share: RegistrySnapshot.Share, _ headers: HTTPFields, at now: Timestamp) -> Bool {
        headers.cookies(named: name).prefix(Self.most).contains { ShareProof(String($0), of: share, at: now) != nil }
    }

    /// The header that sets it.
    ///
    /// - Parameters:
    ///   - proof: The proof.
    ///   - link: The address of the share link.
    /// - Returns: The value of the header.
    func setting(_ proof: ShareProof, for link: Link) -> String {
        let reach = isSecure ? "SameSite=None; Secure; Partitioned" : "SameSite=Lax"
        let age = ShareProof.life.components.seconds
        return "\(name)=\(proof.text); Max-Age=\(age); Path=\(link.text); HttpOnly; \(reach)"
    }
}

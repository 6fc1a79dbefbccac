package import Analytics
import Postgres

// The passwords of share links.
extension Accounts {
    /// Hashes the password of a share link.
    ///
    /// - Parameter password: The password, which has passed `PasswordRule`; nil for none.
    /// - Returns: The password as it is kept; nil for none.
    /// - Throws: `AccountFailure.busy`, or the error of the library.
    package func sharePassword(_ password: String?) async throws -> SharePassword? {
        guard let password else { return nil }
        return SharePassword(hash: try await hasher.hash(password))
    }

    /// Checks the password of a share link; the link and the address of the client have the counts of failures that
    /// logins have.
    ///
    /// - Parameters:
    ///   - password: The password.
    ///   - share: The link.
    ///   - client: The client.
    ///   - now: The current time.
    /// - Returns: The proof for the client to keep.
    /// - Throws: `AccountFailure`, or `RegistryFailure`
    package func check(
        _ password: String,
        of share: RegistrySnapshot.Share,
        _ client: LoginClient,
        now: Timestamp
    ) async throws -> ShareProof {
        let key = "share \(share.id)"
        try await beginAttempt(key, client)
        guard try await hasher.matches(password, share.password?.hash), let proof = ShareProof(of: share, at: now)
        else {
            throw AccountFailure.wrong
        }
        _ = try await number("SELECT end_login_attempt($1, $2)::integer", Parameters(key, client.addressKey))
        return proof
    }
}

import Crypto
import CryptoExtras

/// The password of a share link, of which only the hash is known.
package struct SharePassword: Sendable, Hashable {
    /// The text of the hash, as of the passwords of accounts.
    let hash: String

    /// The key of the proofs that somebody knew the password; another hash, also of the same password, has another key.
    var key: SymmetricKey {
        let material = SymmetricKey(data: Array(hash.utf8))
        return HKDF<SHA256>.deriveKey(
            inputKeyMaterial: material,
            info: Array("hourglass share proof".utf8),
            outputByteCount: 32
        )
    }
}

/// The hash must not appear in a log.
extension SharePassword: CustomStringConvertible {
    package var description: String { "***" }
}

/// The rule for passwords: long enough, and not the name (NIST SP 800-63B, section 3.1.1: no other composition).
package enum PasswordRule {
    package static let lengths = 10...200

    /// The reason that a password is not taken; nil for one that is.
    ///
    /// - Parameters:
    ///   - password: The password.
    ///   - name: The name of the account.
    /// - Returns: The reason, for whoever chose it.
    package static func fault(of password: String, name: String) -> String? {
        guard lengths.contains(password.count) else {
            return "a password has \(lengths.lowerBound) to \(lengths.upperBound) characters"
        }
        let isWeak = password.lowercased() == name.lowercased() || Set(password).count < 4
        return isWeak ? "the password is too easy to guess" : nil
    }
}

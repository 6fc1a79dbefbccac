/// The state of the second factor of an account.
package enum SecondFactor: Sendable, Hashable {
    case off
    /// A secret is shown, and waits for its first code.
    case offered(secret: String, address: String)
    case on
}

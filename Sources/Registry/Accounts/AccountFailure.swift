/// The reason that somebody is not let in.
package enum AccountFailure: Error, Equatable {
    /// The name, the password or the code is wrong; which one of them is not told.
    case wrong
    /// Too many attempts failed: the next one may begin after some seconds.
    case wait(seconds: Int)
    /// Too many passwords are being checked.
    case busy
}

package import Postgres
import Testing

/// Shows the whole message in a test's report; the description omits it, because it may contain data of users.
extension PostgresError: CustomTestStringConvertible {
    package var testDescription: String { "\(self): \(message)" }
}

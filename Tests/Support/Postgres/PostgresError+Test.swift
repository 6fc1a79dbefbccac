package import Postgres
import Testing

/// The whole message in a test's report; the description leaves it out, because it may hold data of users.
extension PostgresError: CustomTestStringConvertible {
    package var testDescription: String { "\(self): \(message)" }
}

import HTTP
import HTTPTypes

extension HTTPField.Name {
    /// The next page of a list (RFC 8288).
    static let link = known("Link")
}

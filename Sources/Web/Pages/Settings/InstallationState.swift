package import Analytics

/// What has arrived from the pages of a site.
package enum InstallationState: Sendable, Hashable {
    /// Nothing yet.
    case waiting
    /// A hit was stored.
    case received(at: Timestamp, page: String?)
    /// The last request was refused.
    case refused(reason: String, remedy: String)

    /// The state in a word or more, by which the script of the page sees that it has changed.
    var mark: String {
        switch self {
        case .waiting: "waiting"
        case .received: "received"
        case .refused(let reason, _): "refused: \(reason)"
        }
    }

    /// The answer of `Links.installation`, a JSON object with the mark.
    package var json: String {
        let escaped = mark.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case "\0"..<" ": " "
            default: String(scalar)
            }
        }
        return "{\"state\":\"\(escaped.joined())\"}"
    }
}

/// A kind of thing that a page is about.
package enum SubjectKind: String, Sendable {
    case page, event

    var title: String {
        switch self {
        case .page: "Page"
        case .event: "Event"
        }
    }

    var placeholder: String {
        switch self {
        case .page: "/pricing"
        case .event: "Signup"
        }
    }
}

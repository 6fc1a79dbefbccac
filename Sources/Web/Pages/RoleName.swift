/// The role of a member of an organisation, as it is shown.
struct RoleName: Component {
    /// The role as it is stored: `viewer`, `member`, `admin` or `owner`.
    let text: String

    init(_ text: String) { self.text = text }

    var html: HTML { "<strong>\(text)</strong>" }

    /// What the role allows.
    var meaning: String {
        switch text {
        case "viewer": "See dashboards and saved queries."
        case "member": "The same, and goals, segments, notes, share links and visits."
        case "admin": "The same, and site settings, keys, retention and members."
        case "owner": "Everything, also hand over and delete sites and the organisation."
        default: ""
        }
    }

    /// The choices of a form.
    static func choices(_ roles: [String]) -> [Choice] {
        roles.map { Choice($0, $0.prefix(1).uppercased() + $0.dropFirst(), hint: RoleName($0).meaning) }
    }
}

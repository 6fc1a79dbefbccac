/// The role of a member of an organisation, as it is shown.
struct RoleName: Component {
    /// The role as it is stored: `viewer`, `member`, `admin` or `owner`.
    let text: String

    init(_ text: String) { self.text = text }

    var html: HTML { "<strong>\(text)</strong>" }

    /// What the role allows.
    var meaning: String {
        switch text {
        case "viewer": "sees dashboards and saved queries."
        case "member": "also goals, segments, notes, share links and visits."
        case "admin": "also site settings, keys, retention and members."
        case "owner": "also hands over and deletes sites, and the organisation itself."
        default: ""
        }
    }

    /// The choices of a form.
    static func choices(_ roles: [String]) -> [Choice] {
        roles.map { Choice($0, $0.prefix(1).uppercased() + $0.dropFirst(), hint: RoleName($0).meaning) }
    }
}

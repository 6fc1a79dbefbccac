import Analytics
import HTTP
import HTTPTypes

/// Changes of a site, as `PATCH /api/v1/site` takes them: the members of a site that are to be others.
struct SiteChanges: Sendable {
    /// The hosts of its pages; nil to leave them.
    let hostnames: [Hostname]?
    /// The time zone; nil to leave it.
    let zone: String?
    /// The settings to change, as a JSON object in which null stands for the default.
    let settings: String

    private static let members: Set = ["hostnames", "timezone", "settings"]

    /// Reads changes.
    ///
    /// - Parameter document: The body.
    /// - Throws: A `Problem` that names the member.
    init(_ document: JSONValue) throws(Problem) {
        guard let members = document.object else { throw Problem(.badRequest, "not a JSON object", field: "body") }
        if let unknown = members.keys.filter({ !Self.members.contains($0) }).min() {
            throw Problem(.badRequest, "a site has no such member that can be changed", field: unknown)
        }
        hostnames = try members["hostnames"].map(Self.hostnames)
        zone = try members["timezone"].map { value throws(Problem) in
            guard let text = value.text else { throw Problem(.badRequest, "not a text", field: "timezone") }
            return text
        }
        settings = try members["settings"].map(Self.settings) ?? "{}"
    }

    private static func hostnames(_ value: JSONValue) throws(Problem) -> [Hostname] {
        guard let values = value.array else { throw Problem(.badRequest, "not an array", field: "hostnames") }
        var hostnames: [Hostname] = []
        for value in values {
            guard let hostname = value.text.flatMap({ Hostname($0) }) else {
                throw Problem(.badRequest, "not hosts such as example.com or *.example.com", field: "hostnames")
            }
            hostnames.append(hostname)
        }
        return hostnames
    }

    private static func settings(_ value: JSONValue) throws(Problem) -> String {
        guard let members = value.object else { throw Problem(.badRequest, "not a JSON object", field: "settings") }
        var texts: [String] = []
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            guard let text = text(value) else {
                throw Problem(.badRequest, "not a text, a number, true, false, or an array of texts", field: name)
            }
            texts.append("\(name)=\(text)")
            do throws(SiteSettingChanges.Invalid) { _ = try SiteSettingChanges(["\(name)=\(text)"]) } catch {
                throw Problem(.badRequest, error.description, field: name)
            }
        }
        do throws(SiteSettingChanges.Invalid) { return try SiteSettingChanges(texts).json } catch {
            throw Problem(.badRequest, error.description, field: "settings")
        }
    }

    /// The value as it is written in changes; nil for one of no setting.
    private static func text(_ value: JSONValue) -> String? {
        if value == .null { return "" }
        if let number = value.int { return "\(number)" }
        if value == .bool(true) || value == .bool(false) { return value == .bool(true) ? "true" : "false" }
        guard let values = value.array else { return value.text }
        let texts = values.compactMap(\.text)
        // Commas stand between values.
        guard texts.count == values.count, !texts.contains(where: { $0.contains(",") }) else { return nil }
        return texts.joined(separator: ",")
    }
}

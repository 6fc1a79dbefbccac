import Analytics
import FoundationEssentials
import HTTP

extension Site {
    /// The site as a line of JSON.
    var json: JSON {
        .object([
            "id": .number(Int(id.rawValue)),
            "uuid": .text(uuid.uuidString.lowercased()),
            "name": .text(name.text),
            "hostnames": .array(hostnames.map { .text($0.text) }),
            "timezone": .text(zone),
            "organisation": .text(organisation),
            "settings": .raw(settings.json),
        ])
    }

    /// The hosts as a list shows them.
    var hostText: String { hostnames.isEmpty ? "any" : hostnames.map(\.text).joined(separator: " ") }
}

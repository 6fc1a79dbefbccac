package import Analytics
import FoundationEssentials
package import HTTP

extension Site {
    /// The site as clients get it, and as commands print it.
    package var json: JSON {
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
}

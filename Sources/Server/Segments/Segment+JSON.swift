package import Analytics
package import HTTP

extension Segment {
    /// The segment as clients get it, and as commands print it.
    package var json: JSON {
        .object([
            "id": .number(Int(id.rawValue)), "name": .text(name), "type": .text(owner == nil ? "site" : "personal"),
            "filters": .raw(filters),
        ])
    }
}

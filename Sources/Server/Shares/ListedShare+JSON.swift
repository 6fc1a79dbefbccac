import Analytics
package import HTTP
package import Registry

extension ListedShare {
    /// The link as clients get it, and as commands print it: without its text and its password.
    package var json: JSON {
        .object([
            "id": .number(id), "label": .text(label), "filters": .raw(filters), "created": .text(created.text),
            "has_password": .bool(hasPassword), "used": used.map { .text($0.text) },
            "revoked": revoked.map { .text($0.text) },
        ])
    }
}

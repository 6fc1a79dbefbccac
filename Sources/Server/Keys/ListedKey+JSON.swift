import Analytics
package import HTTP
package import Registry

extension ListedKey {
    /// The key as clients get it, and as commands print it.
    package var json: JSON {
        .object([
            "id": .number(id), "scope": .text(scope.rawValue), "label": .text(label), "key": text.map(JSON.text),
            "created": .text(created.text), "used": used.map { .text($0.text) },
            "revoked": revoked.map { .text($0.text) },
        ])
    }
}

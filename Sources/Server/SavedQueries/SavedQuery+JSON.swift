package import Analytics
package import HTTP

extension SavedQuery {
    /// The question as the list of them has it.
    package var json: JSON {
        .object([
            "name": .text(name),
            "title": .text(title),
            "description": description.isEmpty ? nil : .text(description),
            "parameters": .array(parameters.map(\.json)),
            "error": fault.map(\.json),
        ])
    }
}

extension QueryParameter {
    fileprivate var json: JSON {
        .object(["name": .text(name), "type": .text(kind.rawValue), "default": standard.map(JSON.text)])
    }
}

extension SQLFault {
    /// The reason as PostgreSQL gives it.
    var json: JSON {
        .object([
            "message": .text(message), "detail": detail.map(JSON.text), "hint": hint.map(JSON.text),
            "position": position.map(JSON.number),
        ])
    }
}

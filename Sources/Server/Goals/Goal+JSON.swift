package import Analytics
package import HTTP

extension Goal {
    /// The goal as clients get it, and as commands print it.
    package var json: JSON {
        let (event, page, depth): (String?, String?, Int?) =
            switch kind {
            case .event(let name): (name, nil, nil)
            case .page(let pattern): (nil, pattern, nil)
            case .scroll(let pattern, let depth): (nil, pattern, depth)
            }
        let values = properties.sorted { $0.key < $1.key }.map { ($0.key, Optional(JSON.text($0.value))) }
        return .object([
            "id": .number(Int(id.rawValue)),
            "name": .text(name),
            "event": event.map(JSON.text),
            "page": page.map(JSON.text),
            "scroll": depth.map(JSON.number),
            "display": display.map(JSON.text),
            "properties": values.isEmpty ? nil : .object(JSON.Members(values)),
            "currency": currency.map(JSON.text),
        ])
    }
}

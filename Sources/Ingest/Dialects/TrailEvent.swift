package import Analytics
import FoundationEssentials

/// An event as Trail's script sends it, the body of `POST /api/v1/register-new`.
///
/// The members of `custom_params` are the properties; a value that is no object is the property `custom_params`. Null is a
/// missing field.
package struct TrailEvent: Sendable, Hashable {
    /// The reason that an event is refused, as Trail tells it.
    package enum Failure: Error, Hashable {
        /// The body is no JSON object.
        case notObject
        /// Fields are missing, in the order of `TrailEvent.required`.
        case missing([String])
        /// A field that is needed is no text.
        case notText
        /// The session is none that Trail could have opened.
        case unknownSession
        case rejected(Rejection)
    }

    /// The fields that an event must have.
    package static let required = ["page_url", "event_type", "api_key"]

    /// The hit, without its visitor.
    package let input: HitInput
    /// The session that the event belongs to, a UUID as its sender wrote it; nil to open one.
    package let session: String?

    /// Reads a body.
    ///
    /// - Parameter bytes: The body, without a byte order mark.
    /// - Throws: `Failure`
    package init(json bytes: Span<UInt8>) throws(Failure) {
        let fields = try TrailFields(bytes)
        let missing = Self.required.filter { fields.values[$0] == nil }
        guard missing.isEmpty else { throw .missing(missing) }
        guard Self.required.allSatisfy({ fields.values[$0]?.coding != .notText }) else { throw .notText }
        session = try Self.session(fields.values["session_id"], in: bytes)
        do throws(Rejection) {
            input = try HitInput(HitFields(trail: fields, in: bytes), in: bytes)
        } catch {
            throw .rejected(error)
        }
    }

    private static func session(_ value: FieldValue?, in bytes: Span<UInt8>) throws(Failure) -> String? {
        guard let value, !value.range.isEmpty else { return nil }
        guard value.coding == .plain, let text = bytes.extracting(value.range).text, UUID(uuidString: text) != nil
        else {
            throw .unknownSession
        }
        return text
    }
}

/// The fields of the object, by their names.
private struct TrailFields {
    private(set) var values: [String: FieldValue] = [:]

    init(_ bytes: Span<UInt8>) throws(TrailEvent.Failure) {
        let names = TrailEvent.required + ["session_id", "custom_params"]
        var values: [String: FieldValue] = [:]
        var scanner = JSONScanner(position: 0, end: bytes.count)
        guard scanner.isAtObject(in: bytes) else { throw .notObject }
        do throws(Rejection) {
            try scanner.members(in: bytes) { key, value in
                let key = bytes.extracting(key.range)
                guard let value, let name = names.first(where: { key.equals($0) }), values[name] == nil else { return }
                values[name] = value
            }
        } catch {
            throw .notObject
        }
        guard scanner.isAtEnd(in: bytes) else { throw .notObject }
        self.values = values
    }
}

extension HitFields {
    fileprivate init(trail fields: TrailFields, in bytes: Span<UInt8>) {
        self.init()
        for (name, field) in [("page_url", HitField.url), ("event_type", .name), ("api_key", .key)] {
            if let value = fields.values[name] { note(value, field) }
        }
        guard let value = fields.values["custom_params"] else { return }
        if value.coding == .notText, bytes[value.range.lowerBound] == UInt8(ascii: "{") {
            note(value, .props)
        } else {
            note(value, property: "custom_params")
        }
    }
}

package import Analytics

/// A request of Crumby's script (0.7), the image `/<number>.gif`, as what it asks for.
///
/// A visit is a page view, an event has its name in `en`, and `cid` is the visitor. A parameter without a field of its own
/// (`ev`, `sd`, `de`, `v` and unknown ones) becomes a property of the same name. An empty parameter is a missing one.
package enum CrumbyBeacon: Sendable, Hashable {
    case hit(HitInput)
    /// A request of another kind, which Crumby takes and does not store.
    case ignored
    /// A request without an id of the browser, which Crumby does not take.
    case anonymous

    /// The name of an event without one.
    static let unnamed = "event"

    /// Reads the query of a request.
    ///
    /// - Throws: A `Rejection` of the name or the key.
    package init(_ query: Span<UInt8>) throws(Rejection) {
        let parameters = CrumbyParameters(query)
        guard parameters.id != nil else {
            self = .anonymous
            return
        }
        guard let type = parameters.type, let kind = Kind(type, in: query) else {
            self = .ignored
            return
        }
        let fields = HitFields(crumby: query, of: kind)
        var input = try HitInput(fields, in: query)
        if kind == .event, fields[.name] == nil { input.name = Self.unnamed }
        self = .hit(input)
    }

    /// The kind of a hit, in the parameter `t`.
    fileprivate enum Kind: String {
        case visit, event

        init?(_ value: FieldValue, in query: Span<UInt8>) {
            guard let text = value.text(in: query), let kind = Self(rawValue: text) else { return nil }
            self = kind
        }
    }
}

/// The parameters that decide about a request.
private struct CrumbyParameters {
    private(set) var type: FieldValue?
    private(set) var id: FieldValue?

    init(_ query: Span<UInt8>) {
        var (type, id): (FieldValue?, FieldValue?)
        forEachPair(of: query) { key, value in
            guard !value.range.isEmpty else { return }
            if type == nil, key.equals("t") { type = value }
            if id == nil, key.equals("cid") { id = value }
        }
        (self.type, self.id) = (type, id)
    }

    /// True for a value that stands for none: Crumby's script writes `cid=null` where a browser keeps no cookies, and
    /// `ev=undefined` for an event without a value; ours writes `cid=0`.
    static func isMissing(_ key: Span<UInt8>, _ value: FieldValue, in query: Span<UInt8>) -> Bool {
        guard key.equals("cid") || key.equals("ev"), let text = value.text(in: query) else { return false }
        return text == "null" || text == "undefined" || (text == "0" && key.equals("cid"))
    }
}

extension HitFields {
    /// Finds the fields of a hit in the query of a request.
    fileprivate init(crumby query: Span<UInt8>, of kind: CrumbyBeacon.Kind) {
        self.init()
        var fields = self
        forEachPair(of: query) { key, value in
            guard !value.range.isEmpty, !key.equals("t") else { return }
            if CrumbyParameters.isMissing(key, value, in: query) { return }
            if let field = HitField(crumby: key, of: kind) {
                fields.note(value, field)
            } else if let name = key.text {
                fields.note(value, property: name)
            }
        }
        self = fields
    }
}

extension HitField {
    /// The field of a parameter; nil if it has none of its own.
    fileprivate init?(crumby key: Span<UInt8>, of kind: CrumbyBeacon.Kind) {
        switch key.text {
        case "cid": self = .visitor
        case "dl": self = .url
        case "dt": self = .title
        case "dr": self = .referrer
        case "ul": self = .language
        case "sr": self = .screen
        case "en" where kind == .event: self = .name
        // Not Crumby's, but a site may take nothing without one.
        case "key": self = .key
        default: return nil
        }
    }
}

extension FieldValue {
    /// The decoded value; nil if it cannot be decoded.
    fileprivate func text(in bytes: Span<UInt8>) -> String? {
        // What cannot be decoded is none of the known words.
        (try? decoding(self, .body, in: bytes) { (text) throws(Rejection) in text.text }) ?? nil
    }
}

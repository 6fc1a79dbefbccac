import Analytics

// Reading the fields that are cut or left out, and named in `trimmed` then.
extension HitInput {
    mutating func readPage(_ fields: HitFields, in bytes: Span<UInt8>) {
        if let written = text(.url, upTo: Self.bytesOfURL, of: fields, in: bytes) {
            // A cut may fall into the encoding of a character.
            url = PageURL(parsing: trimmed.contains(.url) ? written.withoutTornEscape : written)
            if url == nil { trimmed.insert(.url) }
        }
        title = text(.title, upTo: Self.bytesOfTitle, of: fields, in: bytes)
        referrer = text(.referrer, upTo: Self.bytesOfReferrer, of: fields, in: bytes)
        visitor = read(.visitor, of: fields, in: bytes) { text in
            text.isVisible && text.count <= Self.bytesOfVisitor ? text.text : nil
        }
        readProps(fields, in: bytes)
        traits = object(.traits, of: fields, in: bytes).object
    }

    private mutating func readProps(_ fields: HitFields, in bytes: Span<UInt8>) {
        var properties = object(.props, of: fields, in: bytes)
        for property in fields.properties { properties.add(property.name, property.value, in: bytes) }
        props = properties.object
        if properties.isTrimmed { trimmed.insert(.props) }
    }

    /// The members of a field that is an object, or a text that is one.
    private mutating func object(_ field: HitField, of fields: HitFields, in bytes: Span<UInt8>) -> Properties {
        var properties = Properties()
        guard let value = fields[field] else { return properties }
        if value.coding == .notText {
            properties.add(object: bytes.extracting(value.range))
        } else if let object = text(field, upTo: .max, of: fields, in: bytes) {
            properties.add(object: object.utf8Span.span)
        }
        if properties.isTrimmed { trimmed.insert(field) }
        return properties
    }

    mutating func readDetails(_ fields: HitFields, in bytes: Span<UInt8>) {
        value = read(.value, of: fields, in: bytes) { Amount(parsing: $0) }
        currency = read(.currency, of: fields, in: bytes) {
            $0.count == 3 && $0.isLetters ? $0.text?.uppercased() : nil
        }
        screen = read(.screen, of: fields, in: bytes) { $0.isSize ? $0.text : nil }
        viewport = read(.viewport, of: fields, in: bytes) { $0.isSize ? $0.text : nil }
        timezone = read(.timezone, of: fields, in: bytes) { $0.isZone ? $0.text : nil }
        if let tag = read(.language, of: fields, in: bytes, { LanguageTag(parsing: $0) }) {
            language = tag.text
            if tag.isCut { trimmed.insert(.language) }
        }
        isInteractive = flag(.interactive, of: fields, in: bytes) ?? true
        if name == "impression" || name == "engagement" { isInteractive = false }
        objects = flag(.gpc, of: fields, in: bytes) ?? false
        readEngagement(fields, in: bytes)
    }

    private mutating func readEngagement(_ fields: HitFields, in bytes: Span<UInt8>) {
        let isEngagement = name == "engagement"
        scroll = read(.scroll, of: fields, in: bytes) { text in
            guard isEngagement, let depth = text.wholeNumber, depth <= 100 else { return nil }
            return Int16(clamping: depth)
        }
        engaged = read(.engaged, of: fields, in: bytes) { text in
            isEngagement ? text.wholeNumber.map { Int32(clamping: $0) } : nil
        }
    }

    mutating func readGiven(_ fields: HitFields, in bytes: Span<UInt8>) {
        ip = read(.ip, of: fields, in: bytes) { $0.isVisible && $0.count <= Self.bytesOfToken ? $0.text : nil }
        userAgent = text(.userAgent, upTo: Self.bytesOfUserAgent, of: fields, in: bytes)
        given.country = read(.country, of: fields, in: bytes) { text in
            text.count == 2 && text.isLetters ? text.text?.uppercased() : nil
        }
        given.region = givenText(.region, of: fields, in: bytes)
        given.city = givenText(.city, of: fields, in: bytes)
        given.browser = givenText(.browser, of: fields, in: bytes)
        given.browserVersion = givenText(.browserVersion, of: fields, in: bytes)
        given.os = givenText(.os, of: fields, in: bytes)
        given.osVersion = givenText(.osVersion, of: fields, in: bytes)
        given.device = givenText(.device, of: fields, in: bytes)
        given.source = givenText(.source, of: fields, in: bytes)
    }

    private mutating func givenText(_ field: HitField, of fields: HitFields, in bytes: Span<UInt8>) -> String? {
        text(field, upTo: Self.bytesOfGiven, of: fields, in: bytes)
    }

    /// Reads a text, cut to a number of bytes; nil if it is missing, empty, or cannot be stored.
    private mutating func text(
        _ field: HitField,
        upTo limit: Int,
        of fields: HitFields,
        in bytes: Span<UInt8>
    ) -> String? {
        guard let text = read(field, of: fields, in: bytes, { $0.storableText }) else { return nil }
        guard text.utf8.count > limit else { return text }
        trimmed.insert(field)
        return text.cut(toBytes: limit)
    }

    /// Reads `true` or `false`, or 1 or 0, in JSON also as a value of its own.
    private mutating func flag(_ field: HitField, of fields: HitFields, in bytes: Span<UInt8>) -> Bool? {
        let value = fields[field].map { $0.coding == .notText ? FieldValue($0.range, .plain) : $0 }
        return read(field, value, in: bytes) { text in
            if text.equals("true") || text.equals("1") { return true }
            return text.equals("false") || text.equals("0") ? false : nil
        }
    }

    private mutating func read<R>(
        _ field: HitField,
        of fields: HitFields,
        in bytes: Span<UInt8>,
        _ body: (Span<UInt8>) -> R?
    ) -> R? {
        read(field, fields[field], in: bytes, body)
    }

    /// Reads a value that is not empty; one that cannot be decoded, or is nil for `body`, is left out.
    private mutating func read<R>(
        _ field: HitField,
        _ value: FieldValue?,
        in bytes: Span<UInt8>,
        _ body: (Span<UInt8>) -> R?
    ) -> R? {
        guard let value else { return nil }
        var isEmpty = false
        // The field is named in `trimmed` instead.
        let read = try? decoding(value, .body, in: bytes) { (text) throws(Rejection) in
            isEmpty = text.isEmpty
            return isEmpty ? nil : body(text)
        }
        if read ?? nil == nil, !isEmpty { trimmed.insert(field) }
        return read ?? nil
    }
}

import Analytics

extension HitInput {
    /// Reads a hit from its fields.
    ///
    /// - Parameters:
    ///   - fields: The fields.
    ///   - bytes: The bytes that they were found in.
    /// - Throws: The rejection of the first invalid one in order of site, key, name, user, time and id.
    init(_ fields: HitFields, in bytes: Span<UInt8>) throws(Rejection) {
        self.init()
        try readRefusing(fields, in: bytes)
        readPage(fields, in: bytes)
        readDetails(fields, in: bytes)
        readGiven(fields, in: bytes)
    }

    /// Reads the fields that refuse a hit if they are invalid.
    private mutating func readRefusing(_ fields: HitFields, in bytes: Span<UInt8>) throws(Rejection) {
        site = try fields.checked(.site, .site, in: bytes) { (text) throws(Rejection) in try SiteName(parsing: text) }
        key = try fields.checked(.key, .key, in: bytes, Self.key)
        name = try fields.checked(.name, .name, in: bytes, Self.name) ?? name
        user = try fields.checked(.user, .user, in: bytes) { (text) throws(Rejection) in try User(parsing: text) }
        moment = try Self.moment(fields, in: bytes)
        id = try fields.checked(.id, .id, in: bytes) { (text) throws(Rejection) in
            guard let text = text.text else { throw Rejection(.id, .invalidUTF8) }
            return try HitID(parsing: text)
        }
    }

    private static func key(_ written: Span<UInt8>) throws(Rejection) -> String {
        guard written.count <= bytesOfToken else { throw Rejection(.key, .unknownKey) }
        return try text(written, .key)
    }

    private static func name(_ written: Span<UInt8>) throws(Rejection) -> String {
        let name = try text(written, .name)
        guard !name.isEmpty, !name.isLonger(thanCharacters: charactersOfName) else {
            throw Rejection(.name, .invalidName)
        }
        return name
    }

    private static func text(_ written: Span<UInt8>, _ field: Rejection.Field) throws(Rejection) -> String {
        for index in written.indices where written[index] == 0 { throw Rejection(field, .containsNUL) }
        guard let text = written.text else { throw Rejection(field, .invalidUTF8) }
        return text
    }

    private static func moment(_ fields: HitFields, in bytes: Span<UInt8>) throws(Rejection) -> Moment {
        let time = try fields.checked(.timestamp, .timestamp, in: bytes, Self.time)
        let age = try fields.checked(.age, .age, in: bytes) { (text) throws(Rejection) in
            guard !text.isEmpty else { throw Rejection(.age, .empty) }
            guard let age = text.wholeNumber else { throw Rejection(.age, .notDigits) }
            guard age <= greatestAge else { throw Rejection(.age, .outOfRange) }
            return age
        }
        switch (time, age) {
        case (nil, nil): return .receipt
        case (let time?, nil): return .at(time)
        case (nil, let age?): return .age(age)
        case (.some, .some): throw Rejection(.age, .besideTimestamp)
        }
    }

    /// Reads seconds or milliseconds since 1970, or a date and time (RFC 3339), which has a hyphen behind the year.
    private static func time(_ text: Span<UInt8>) throws(Rejection) -> Timestamp {
        if text.count > 4, text[4] == UInt8(ascii: "-") { return try Timestamp(rfc3339: text) }
        do throws(Rejection) {
            return try Timestamp.Written(parsing: text).timestamp
        } catch {
            throw error.reason == .notDigits ? Rejection(.timestamp, .invalidTime) : error
        }
    }
}

extension HitFields {
    /// Reads a field that refuses the hit if it is invalid; nil if it is missing.
    fileprivate func checked<R>(
        _ field: HitField,
        _ blamed: Rejection.Field,
        in bytes: Span<UInt8>,
        _ read: (Span<UInt8>) throws(Rejection) -> R
    ) throws(Rejection) -> R? {
        guard let value = self[field] else { return nil }
        return try decoding(value, blamed, in: bytes, read)
    }
}

extension KeyedDecodingContainer {
    /// Reads a time, milliseconds since 1970.
    func decodeTime(forKey key: Key) throws -> Timestamp { Timestamp(milliseconds: try decode(Int.self, forKey: key)) }

    /// Reads a time, milliseconds since 1970; nil where there is none.
    func decodeTimeIfPresent(forKey key: Key) throws -> Timestamp? {
        try decodeIfPresent(Int.self, forKey: key).map { Timestamp(milliseconds: $0) }
    }
}

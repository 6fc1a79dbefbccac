/// Values by keys, as many as there is memory for: those that have not been used for the longest make room for others.
struct RecentValues<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Entry {
        let value: Value
        let bytes: Int
        var use: Int
    }

    private let limit: Int
    private let most: Int
    private var entries: [Key: Entry] = [:]
    /// The memory that the values take, in bytes.
    private(set) var bytes = 0
    private var uses = 0

    /// - Parameters:
    ///   - limit: The most memory, in bytes.
    ///   - most: The most values.
    init(limit: Int, most: Int) { (self.limit, self.most) = (limit, most) }

    /// The value of a key, which is used; nil if it is not kept.
    mutating func use(_ key: Key) -> Value? {
        uses += 1
        entries[key]?.use = uses
        return entries[key]?.value
    }

    /// Keeps a value.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - key: Its key.
    ///   - size: The memory that both take, in bytes; a large value, which would take the place of many others, is not kept.
    mutating func keep(_ value: Value, of key: Key, bytes size: Int) {
        remove(key)
        guard size <= limit / 8 else { return }
        uses += 1
        entries[key] = Entry(value: value, bytes: size, use: uses)
        bytes += size
        while bytes > limit || entries.count > most {
            guard let oldest = entries.min(by: { $0.value.use < $1.value.use }) else { return }
            remove(oldest.key)
        }
    }

    private mutating func remove(_ key: Key) { bytes -= entries.removeValue(forKey: key)?.bytes ?? 0 }
}

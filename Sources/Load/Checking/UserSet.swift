/// A set of users as a bitmap.
struct UserSet {
    private var words: [UInt64]

    init(capacity: Int) {
        words = Array(repeating: 0, count: (capacity + 63) / 64)
    }

    var count: Int {
        words.reduce(0) { $0 + $1.nonzeroBitCount }
    }

    mutating func insert(_ user: UInt32) {
        words[Int(user >> 6)] |= 1 << UInt64(user & 63)
    }

    mutating func removeAll() {
        for index in words.indices { words[index] = 0 }
    }

    mutating func formUnion(_ other: UserSet) {
        for index in words.indices { words[index] |= other.words[index] }
    }
}

/// The values of a column as places in its own dictionary, which has the codes of a lexicon.
struct CodeColumn: Hashable, Sendable {
    /// The codes of the lexicon by place, in ascending order; the first is 0, no value.
    let dictionary: [UInt32]
    let places: SmallIntegers

    /// - Parameter codes: The codes of the lexicon, one after another.
    init(_ codes: [UInt32]) {
        let dictionary = Set(codes).union([0]).sorted()
        self.dictionary = dictionary
        var known: [UInt32: UInt32] = [:]
        for (place, code) in dictionary.enumerated() { known[code] = UInt32(place) }
        places = SmallIntegers(codes.map { known[$0] ?? 0 }, below: dictionary.count)
    }

    init(dictionary: [UInt32], places: SmallIntegers) {
        self.dictionary = dictionary
        self.places = places
    }

    /// The code of the lexicon at a row.
    func code(at row: Int) -> UInt32 { dictionary[places[row]] }

    /// The memory that it takes, in bytes.
    var bytes: Int { dictionary.count * 4 + places.bytes }
}

/// Numbers in as few bytes as the greatest of them needs.
enum SmallIntegers: Hashable, Sendable {
    case bytes([UInt8])
    case shorts([UInt16])
    case words([UInt32])

    /// - Parameters:
    ///   - numbers: The numbers.
    ///   - limit: The number below which all of them are.
    init(_ numbers: [UInt32], below limit: Int) {
        if limit <= 1 << 8 {
            self = .bytes(numbers.map { UInt8(truncatingIfNeeded: $0) })
        } else if limit <= 1 << 16 {
            self = .shorts(numbers.map { UInt16(truncatingIfNeeded: $0) })
        } else {
            self = .words(numbers)
        }
    }

    subscript(row: Int) -> Int {
        switch self {
        case .bytes(let numbers): Int(numbers[row])
        case .shorts(let numbers): Int(numbers[row])
        case .words(let numbers): Int(numbers[row])
        }
    }

    var count: Int {
        switch self {
        case .bytes(let numbers): numbers.count
        case .shorts(let numbers): numbers.count
        case .words(let numbers): numbers.count
        }
    }

    /// The memory that they take, in bytes.
    var bytes: Int {
        switch self {
        case .bytes(let numbers): numbers.count
        case .shorts(let numbers): numbers.count * 2
        case .words(let numbers): numbers.count * 4
        }
    }
}

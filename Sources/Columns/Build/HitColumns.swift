import Analytics

/// The columns of hits but those of their texts.
struct HitColumns: Hashable, Sendable {
    /// The times, in milliseconds since the start of the day.
    var times: [Int32] = []
    private(set) var marks: [UInt8] = []
    /// The depths of scrolling, in per cent; -1 for none.
    ///
    /// Without any in the part there are no entries.
    private var scrolls: [Int8] = []
    /// The visible times, in milliseconds; -1 for none.
    ///
    /// Without any in the part there are no entries.
    private var engaged: [Int32] = []
    /// The hits with a value, in ascending order, with it in millionths, and with the code of its currency.
    private(set) var valued: [UInt32] = []
    private(set) var values: [Int] = []
    private(set) var currencies: [UInt32] = []
    /// The hits with properties, in ascending order, with the places of these among the texts.
    private(set) var described: [UInt32] = []
    private(set) var props: [UInt32] = []
    /// The properties of hits, as JSON objects, each once.
    private(set) var propTexts: [String] = []
    /// The memory that the properties take, in bytes; counted once, since it is asked with every question.
    private var propBytes = 0

    private static let interactive: UInt8 = 4
    /// The bits of a mark that are the kind, and the kinds there: the raw values of `HitKind`.
    static let kinds: UInt8 = 3
    static let pageview: UInt8 = 0
    static let event: UInt8 = 1
    static let impression: UInt8 = 2
    static let engagement: UInt8 = 3

    var count: Int { times.count }

    func kind(of hit: Int) -> HitKind { HitKind(rawValue: marks[hit] & Self.kinds) ?? .event }

    /// The kind of a hit, and whether it is interactive, in three bits.
    func mark(of hit: Int) -> UInt8 { marks[hit] }

    func isInteractive(_ hit: Int) -> Bool { marks[hit] & Self.interactive != 0 }

    /// The greatest depth of scrolling so far, in per cent; nil for none.
    func scroll(of hit: Int) -> Int? { scrolls.isEmpty || scrolls[hit] < 0 ? nil : Int(scrolls[hit]) }

    /// The visible time, in milliseconds; nil for none.
    func engaged(of hit: Int) -> Int? { engaged.isEmpty || engaged[hit] < 0 ? nil : Int(engaged[hit]) }

    /// The value of a hit in millionths, with the code of its currency; nil for none.
    func value(of hit: Int) -> (millionths: Int, currency: UInt32)? {
        valued.place(of: hit).map { (values[$0], currencies[$0]) }
    }

    /// The place of the properties of a hit among the texts, counted from 1; 0 for none.
    func props(of hit: Int) -> Int { described.place(of: hit).map { Int(props[$0]) + 1 } ?? 0 }

    /// The memory that they take, in bytes.
    var bytes: Int {
        let columns = times.count * 4 + marks.count + scrolls.count + engaged.count * 4
        return columns + valued.count * 16 + described.count * 8 + propBytes
    }
}

extension HitColumns {
    mutating func reserve(_ count: Int) {
        times.reserveCapacity(count)
        marks.reserveCapacity(count)
    }

    /// Adds a hit.
    ///
    /// - Parameters:
    ///   - row: The hit.
    ///   - kind: Its kind.
    ///   - day: The day of the part.
    ///   - place: The place of its properties among the texts; nil for none.
    mutating func append(_ row: HitRow, _ kind: HitKind, day: Int, props place: UInt32?) {
        let hit = times.count
        append(
            at: Int32(clamping: row.time.milliseconds - day * Part.length),
            mark: kind.rawValue | (row.isInteractive ? Self.interactive : 0),
            scroll: row.scroll,
            engaged: row.engaged
        )
        if let value = row.value { take(value: value.millionths, in: row.codes.currency, of: hit) }
        if let place { take(props: place, of: hit) }
    }

    /// Adds a hit without a value and properties.
    ///
    /// - Parameters:
    ///   - time: The time, in milliseconds since the start of the day.
    ///   - mark: The kind, and whether it is interactive.
    ///   - scroll: The depth of scrolling, in per cent; nil for none.
    ///   - duration: The visible time, in milliseconds; nil for none.
    mutating func append(at time: Int32, mark: UInt8, scroll: Int16?, engaged duration: Int32?) {
        let hit = times.count
        times.append(time)
        marks.append(mark)
        scrolls.extend(to: hit, with: scroll.map { Int8(clamping: $0) }, none: -1)
        engaged.extend(to: hit, with: duration, none: -1)
    }

    /// Notes the value of a hit that is not before those that have one.
    mutating func take(value: Int, in currency: UInt32, of hit: Int) {
        valued.append(UInt32(clamping: hit))
        values.append(value)
        currencies.append(currency)
    }

    /// Notes the properties of a hit that is not before those that have some.
    mutating func take(props place: UInt32, of hit: Int) {
        described.append(UInt32(clamping: hit))
        props.append(place)
    }

    /// Adds some hits of other columns.
    ///
    /// - Parameters:
    ///   - added: The hits.
    ///   - other: The other columns.
    ///   - props: The place among the texts of properties that have another place there.
    mutating func append(_ added: Range<Int>, of other: HitColumns, props: (UInt32) -> UInt32) {
        let first = count
        scrolls.append(added, of: other.scrolls, after: first, none: -1)
        engaged.append(added, of: other.engaged, after: first, none: -1)
        times.append(contentsOf: other.times[added])
        marks.append(contentsOf: other.marks[added])
        for place in other.valued.places(of: added) {
            let hit = first + Int(other.valued[place]) - added.lowerBound
            take(value: other.values[place], in: other.currencies[place], of: hit)
        }
        for place in other.described.places(of: added) {
            let hit = first + Int(other.described[place]) - added.lowerBound
            take(props: props(other.props[place]), of: hit)
        }
    }

    mutating func take(propTexts texts: [String]) {
        propTexts = texts
        propBytes = texts.reduce(0) { $0 + $1.utf8.count + 16 }
    }
}

extension [UInt32] {
    /// The place of a number in ascending ones; nil if it is not among them.
    fileprivate func place(of number: Int) -> Int? {
        let place = place(notBefore: number)
        return place < count && Int(self[place]) == number ? place : nil
    }

    /// The places of the numbers of a range in ascending ones.
    fileprivate func places(of numbers: Range<Int>) -> Range<Int> {
        place(notBefore: numbers.lowerBound)..<place(notBefore: numbers.upperBound)
    }

    /// The place of the first of ascending numbers that is not below another.
    func place(notBefore number: Int) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if Int(self[middle]) < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Array {
    /// Adds a value for the hit at a place; as long as no hit has one there are no entries.
    fileprivate mutating func extend(to place: Int, with value: Element?, none: Element) {
        if isEmpty {
            guard value != nil else { return }
            self = Array(repeating: none, count: place)
        }
        append(value ?? none)
    }

    /// Adds values of other hits; as long as no hit has one there are no entries.
    ///
    /// - Parameters:
    ///   - hits: The other hits.
    ///   - other: The values of these; none if none has one.
    ///   - count: The number of hits so far.
    ///   - none: The entry of a hit without a value.
    fileprivate mutating func append(_ hits: Range<Int>, of other: [Element], after count: Int, none: Element) {
        guard !isEmpty || !other.isEmpty else { return }
        if isEmpty { self = Array(repeating: none, count: count) }
        if other.isEmpty {
            append(contentsOf: repeatElement(none, count: hits.count))
        } else {
            append(contentsOf: other[hits])
        }
    }
}
